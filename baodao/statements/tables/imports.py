"""A table of services before it is recorded: what would be, what is asked, what is left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext, ngettext

from baodao.kernel.errors import gettext_noop
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.uncertainties import Uncertainty
from baodao.orgs.models import Organisation
from baodao.statements.queries.imports import JudgedService, Judgement
from baodao.statements.queries.service_tables import ServiceSheet
from baodao.statements.rules.imports import RowProblem, Unread
from baodao.statements.rules.questions import CONSENTS
from baodao.ui.wording import word_of

SHOWN = 200
"""Lines of each list that the page shows; the table with remarks has them all."""
SHORT = 20
"""Up to so many services are shown at once; more are folded."""

UNREAD: dict[Unread, str] = {
    Unread.TOTAL: gettext_noop("a sum or a signature"),
    Unread.EXAMPLE: gettext_noop("the example of the empty table"),
    Unread.REMARK: gettext_noop("tells of no service: no day, no time, no content"),
}


@dataclass(frozen=True)
class ServiceLine:
    """A service as it would be recorded."""

    where: str
    name: str
    number: str
    on: date
    began_at: datetime | None
    minutes: int
    kind: str
    result: str


@dataclass(frozen=True)
class PersonSum:
    """What the table says of one person, all services together."""

    name: str
    number: str
    services: int
    minutes: int


@dataclass(frozen=True)
class Consent:
    """A question about some rows: what whoever ticks it says, and what these rows would be."""

    question: str
    label: str
    services: list[ServiceLine]


@dataclass(frozen=True)
class LeftOver:
    """What of the file was not read as a service, where it stands and why."""

    where: str
    text: str
    why: str


@dataclass(frozen=True)
class ImportPreview:
    """Everything that the page shows before a table is recorded.

    `rows` is the sum of `good_rows` and `left_out`; `minutes` of all services together.
    """

    rows: int
    left_out: int
    people: int
    days: int
    minutes: int
    count: int
    services: list[ServiceLine]
    persons: list[PersonSum]
    consents: list[Consent]
    problems: list[RowProblem]
    leftovers: list[LeftOver]

    @property
    def good_rows(self) -> int:
        return self.rows - self.left_out

    @property
    def is_short(self) -> bool:
        return self.count <= SHORT


def preview_of(judgement: Judgement, community: Organisation) -> ImportPreview:
    """What recording the good rows would bring."""
    words = category_words(community)
    entries = [service.entry for service in judgement.services]
    return ImportPreview(
        rows=judgement.rows,
        left_out=judgement.left_out,
        people=len({entry.person_id for entry in entries}),
        days=len({entry.served_on for entry in entries}),
        minutes=sum(entry.minutes for entry in entries),
        count=len(entries),
        services=[_line(service, words) for service in judgement.services[:SHOWN]],
        persons=_persons(judgement),
        consents=_consents(judgement, words),
        problems=[one for one in judgement.problems if one.kind not in set(Uncertainty)],
        leftovers=[*_of_sheets(judgement), *_of_rows(judgement)],
    )


def where_words(sheet: str, row: int) -> str:
    """Where a row stands, the sheet by its name where the file has any."""
    place = gettext("row %(row)s") % {"row": row}
    return f"{sheet} {place}".strip()


def _line(service: JudgedService, words: Mapping[str, str]) -> ServiceLine:
    entry = service.entry
    return ServiceLine(
        where=where_words(service.row.sheet, service.row.row),
        name=service.person.name,
        number=service.person.number,
        on=entry.served_on,
        began_at=entry.began_at,
        minutes=entry.minutes,
        kind=word_of(words, entry.category),
        result=entry.result,
    )


def _persons(judgement: Judgement) -> list[PersonSum]:
    services: Counter[tuple[str, str]] = Counter()
    minutes: Counter[tuple[str, str]] = Counter()
    for service in judgement.services:
        who = (service.person.name, service.person.number)
        services[who] += 1
        minutes[who] += service.entry.minutes
    return [PersonSum(*who, services[who], minutes[who]) for who in list(services)[:SHOWN]]


def _consents(judgement: Judgement, words: Mapping[str, str]) -> list[Consent]:
    """One tick a kind of question; of a row with several questions each has to be ticked."""
    kinds = [one for one in Uncertainty if any(p.kind == one for p in judgement.problems)]
    consents = []
    for kind in kinds:
        rows = {(one.sheet, one.row) for one in judgement.problems if one.kind == kind}
        services = [one for one in judgement.open if (one.row.sheet, one.row.row) in rows]
        label = ngettext(*CONSENTS[kind], len(services)) % {"count": len(services)}
        consents.append(Consent(kind.value, label, [_line(one, words) for one in services[:SHOWN]]))
    return consents


def _of_sheets(judgement: Judgement) -> list[LeftOver]:
    """Sheets without a table, and columns that no fact is read from."""
    leftovers = []
    for sheet in judgement.sheets:
        if not sheet.tables:
            leftovers.append(LeftOver(_sheet_words(sheet), "", _why_no_table(sheet)))
        unused = dict.fromkeys(title for table in sheet.tables for title in table.columns.unused)
        if unused:
            why = gettext("columns that are not used")
            leftovers.append(LeftOver(_sheet_words(sheet), "、".join(unused), why))
    return leftovers


def _of_rows(judgement: Judgement) -> list[LeftOver]:
    """Rows that are no service, those of one reason that follow one another in one line."""
    leftovers = []
    for (sheet, why), group in groupby(judgement.unread, lambda one: (one.sheet, one.why)):
        rows = list(group)
        where = where_words(sheet, rows[0].row)
        if len(rows) > 1:
            where = f"{where}–{rows[-1].row}"
        leftovers.append(LeftOver(where, rows[0].text, gettext(UNREAD[why])))
    return leftovers


def _sheet_words(sheet: ServiceSheet) -> str:
    return gettext("sheet %(title)s") % {"title": sheet.title} if sheet.title else "CSV"


def _why_no_table(sheet: ServiceSheet) -> str:
    if sheet.hidden:
        return gettext("hidden; show it in the file if it is to be read")
    if not sheet.rows:
        return gettext("empty")
    if sheet.nearest:
        missing = "、".join(sheet.nearest.missing)
        return gettext("no column is headed %(missing)s") % {"missing": missing}
    return gettext("no row of headings")

"""A table of services before it is recorded: what would be, what is asked, what is left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import Uncertainty
from baodao.orgs.models import Organisation
from baodao.spreadsheets.leftover_lines import LeftoverLine, LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import Leftover, LeftoverKind, row_ranges
from baodao.timesheets.queries.imports import JudgedService, Judgement
from baodao.timesheets.rules.column_faults import by_column
from baodao.timesheets.rules.headings import TITLES, ServiceField
from baodao.timesheets.rules.questions import CONSENTS, PLAIN, ImportScope, hours_typed
from baodao.timesheets.rules.services import RowProblem
from baodao.timesheets.rules.totals import TotalFault
from baodao.ui.wording import filled, time_words, word_of

SHOWN = 200
"""Lines of each list that the page shows; the table with remarks has them all."""
HIDDEN, UNSEEN_OUT = "hidden", "unseen-out"
"""In an address: hidden sheets are read as well; hidden or filtered rows are left out."""
USE = "use-"
"""In an address, before a fact: the heading of the column that holds it."""
DAY_HOURS, TICK_HOURS = "day-hours", "tick-hours"
"""Fields of a form: how many hours a day counts, and how many a tick."""
NAMES_TOLD = 8
"""So many people are named of a fault that many rows have; the rows are all told."""
SHORT = 20
"""Up to so many services are shown at once; more are folded."""


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
class LeftOutLine:
    """A row that is left out: where it stands, whom it names, and what is wrong and to be done."""

    where: str
    who: str
    column: str
    sentence: str


@dataclass(frozen=True)
class Consent:
    """A question about some rows: what whoever ticks it says, how it is written in each of them
    and what that would be. `hours` is the name of a field for how many hours it counts."""

    question: str
    label: str
    services: list[tuple[str, ServiceLine]]
    hours: str = ""
    counts: float = 0


@dataclass(frozen=True)
class ImportPreview:
    """Everything that the page shows before a table is recorded.

    `query` says how the file was read, `rows` is the sum of `good_rows` and `left_out`; `minutes`
    are of all services together. With `counts_cells` a row of the table has several services, and
    each counts.
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
    total_faults: list[str]
    leftovers: list[LeftoverLine]
    query: Mapping[str, str]
    counts_cells: bool

    @property
    def good_rows(self) -> int:
        return self.rows - self.left_out

    @property
    def is_short(self) -> bool:
        return self.count <= SHORT


def preview_of(judgement: Judgement, community: Organisation, scope: ImportScope) -> ImportPreview:
    """What recording the good rows would bring, the file being read by `scope`."""
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
        consents=_consents(judgement, words, scope),
        problems=[one for one in judgement.problems if one.kind not in set(Uncertainty)],
        total_faults=[total_sentence(one) for one in judgement.total_faults[:SHOWN]],
        leftovers=leftover_lines(map(asdict, judgement.leftovers()), partial(_tap, scope)),
        query=query_of(scope),
        counts_cells=judgement.counts_cells,
    )


def problem_lines(problems: Iterable[Mapping[str, Any]]) -> list[LeftOutLine]:
    """Problems as an import keeps them, in the reader's words; what is wrong with a whole row is
    told once, however many days it has, and a fault of a whole column once with all its rows."""
    return list(dict.fromkeys(map(_left_out, by_column(problems))))


def _left_out(group: Sequence[Mapping[str, Any]]) -> LeftOutLine:
    """One problem, or one fault of a column with all rows that have it."""
    first = group[0]
    sentence, who = filled(first["message"], first["facts"]), first["who"]
    rows = list(dict.fromkeys(one["row"] for one in group))
    if len(rows) > 1:
        counted = {"count": len(rows), "sentence": sentence}
        sentence = (
            gettext("%(count)s rows of this column are so, the first: %(sentence)s") % counted
        )
        names = list(dict.fromkeys(one["who"] for one in group))
        who = "、".join(names[:NAMES_TOLD]) + ("…" if len(names) > NAMES_TOLD else "")
    where = f"{first['sheet']} {row_ranges(rows) if rows[0] else '—'}".strip()
    return LeftOutLine(where, who, first["column"], sentence)


def total_sentence(fault: TotalFault) -> str:
    """That a total of the table is not the sum of what was read, and what to do."""
    facts = {
        "where": where_words(fault.sheet, fault.row),
        "text": fault.text,
        "stated": time_words(fault.stated),
        "read": time_words(fault.read),
    }
    return (
        gettext(
            "%(where)s, “%(text)s”: the table says %(stated)s, what was read adds up to %(read)s. "
            "Check whether a row is missing or read wrong before you record."
        )
        % facts
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


def _consents(judgement: Judgement, words: Mapping[str, str], scope: ImportScope) -> list[Consent]:
    """One tick a kind of question; of a row with several questions each has to be ticked."""
    kinds = [one for one in Uncertainty if any(p.kind == one for p in judgement.problems)]
    consents = []
    for kind in kinds:
        rows = {(one.sheet, one.row) for one in judgement.problems if one.kind == kind}
        services = [one for one in judgement.open if (one.row.sheet, one.row.row) in rows]
        label = ngettext(*CONSENTS[kind], len(services)) % {"count": len(services)}
        lines = [(_written(one, kind), _line(one, words)) for one in services[:SHOWN]]
        name, counts = _hours_of(kind, scope)
        consents.append(Consent(kind.value, label, lines, name, counts))
    return consents


def _hours_of(kind: Uncertainty, scope: ImportScope) -> tuple[str, float]:
    """The field that asks how many hours a thing counts, and how many it counts now."""
    if kind is Uncertainty.WHOLE_DAYS:
        return DAY_HOURS, scope.day_hours
    return (TICK_HOURS, scope.tick_hours) if kind is Uncertainty.TICK else ("", 0)


def _written(service: JudgedService, kind: Uncertainty) -> str:
    """The text in the file that is asked about; "" where it is read without doubt."""
    facts = service.row.questions.get(kind, {})
    return str(facts.get("day") or facts.get("time") or "")


def scope_in(query: Mapping[str, str], accepted: Iterable[Uncertainty] = ()) -> ImportScope:
    """What a request says of a table: how it is read, and what is accepted; refused where it says
    no hours that a day has."""
    return ImportScope(
        frozenset(accepted),
        HIDDEN in query,
        UNSEEN_OUT in query,
        hours_typed(query.get(DAY_HOURS, ""), PLAIN.day_hours),
        hours_typed(query.get(TICK_HOURS, ""), PLAIN.tick_hours),
        {fact.value: query[USE + fact] for fact in ServiceField if USE + fact in query},
    )


def query_of(scope: ImportScope) -> dict[str, str]:
    """How a table is read, as an address and a form say it."""
    on = {HIDDEN: scope.include_hidden, UNSEEN_OUT: scope.skip_unseen}
    uses = {USE + fact: heading for fact, heading in scope.uses.items()}
    return {name: "1" for name, holds in on.items() if holds} | uses


def _tap(scope: ImportScope, leftover: Leftover) -> LeftoverTap | None:
    """What is offered for a leftover: the same page with the file read otherwise."""
    taps = {
        LeftoverKind.SHEET_HIDDEN: (gettext("Read hidden sheets as well"), HIDDEN, True),
        LeftoverKind.ROWS_HIDDEN_READ: (gettext("Leave them out"), UNSEEN_OUT, True),
        LeftoverKind.ROWS_HIDDEN: (gettext("Read them as well"), UNSEEN_OUT, False),
    }
    query = query_of(scope)
    if leftover.use:
        return _use(query, leftover)
    if leftover.kind not in taps:
        return None
    label, name, on = taps[LeftoverKind(leftover.kind)]
    rest = {key: value for key, value in query.items() if key != name}
    return LeftoverTap(label, url=f"?{urlencode(rest | ({name: '1'} if on else {}))}")


def _use(query: Mapping[str, str], leftover: Leftover) -> LeftoverTap | None:
    """Use a column as the fact that it seems to hold; none for a second one of the same heading,
    which cannot be told from the first."""
    heading = leftover.text
    if query.get(USE + leftover.use) == heading:
        return None
    label = gettext("Use it as %(fact)s") % {"fact": TITLES[ServiceField(leftover.use)]}
    return LeftoverTap(label, url=f"?{urlencode({**query, USE + leftover.use: heading})}")

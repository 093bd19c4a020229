"""A table of services before it is recorded: what would be, what is asked, what is left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from baodao.documents.files import list_file
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import Uncertainty
from baodao.spreadsheets.column_forms import HIDDEN_SHEETS
from baodao.spreadsheets.column_lines import ColumnLine, column_lines
from baodao.spreadsheets.date_lines import DateLine, date_lines
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.leftover_lines import LeftoverLine, LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import SAID_ON_PAGE, Leftover, LeftoverKind, row_ranges
from baodao.timesheets.models import RecordImport
from baodao.timesheets.rules.column_faults import by_column
from baodao.timesheets.rules.headings import TITLES, WORDS, ServiceField
from baodao.timesheets.rules.questions import (
    CONSENTS,
    SMALL_MINUTES,
    TAPPED,
    ImportScope,
    hours_typed,
)
from baodao.timesheets.rules.timesheet import TimesheetState
from baodao.timesheets.rules.totals import TotalFault
from baodao.ui.in_hand import naming
from baodao.ui.listing import Column, Spec, Text
from baodao.ui.wording import filled, time_words, word_of
from baodao.vocabulary.rules.words import WordRole

PAGE_ROWS = 200
"""Lines of each list that the page shows; the list behind it has them all."""
USE, UNSEEN_OUT, UNSEEN_IN = "use", "unseen-out", "unseen-in"
"""What a tap on a leftover says: this column as that fact, hidden rows out or in."""
MINUTES, HOURS = "minutes", "hours"
"""What a tap says of the numbers under hours."""
DAY_HOURS, TICK_HOURS = "day-hours", "tick-hours"
"""Fields of a form: how many hours a day counts, and how many a tick."""
MOST_NAMES = 8
"""So many people are named of a fault that many rows have; the list of what is left out names each.
"""
SHORT = 20
"""Up to so many services are shown at once; more are folded."""


@dataclass(frozen=True)
class ServiceLine:
    """A service as it would be recorded."""

    sheet: str
    row: int
    name: str
    number: str
    on: date
    began_at: datetime | None
    minutes: int
    kind: str
    result: str

    @property
    def where(self) -> str:
        return where_words(self.sheet, self.row)


@dataclass(frozen=True)
class PersonSum:
    """What the table says of one person, all services together."""

    name: str
    number: str
    services: int
    minutes: int


@dataclass(frozen=True)
class LeftOutLine:
    """A row that is left out: where it stands, whom it names, and what is wrong and to be done;
    `row` is the first where there are several."""

    where: str
    row: int
    who: str
    column: str
    sentence: str


@dataclass(frozen=True)
class Consent:
    """A question about some rows: what whoever ticks it says, how it is written in each of the
    first and what that would be, and how many there are. `hours` is the name of a field for how
    many hours it counts, `tap` that of a button that is pressed instead of ticking. What is
    `tapped` is no tick, though the button may stand elsewhere."""

    question: str
    label: str
    services: list[tuple[str, ServiceLine]]
    count: int
    hours: str = ""
    counts: float = 0
    tap: str = ""
    is_tapped: bool = False


@dataclass(frozen=True)
class ImportPreview:
    """Everything that the page shows before a table is recorded.

    `counts` are its figures: `rows` is the sum of `good_rows`, `waiting` and `left_out`; `minutes`
    are of all services together. With `counts_cells` a row has several services, and each counts.
    """

    counts: Mapping[str, Any]
    services: list[ServiceLine]
    persons: list[PersonSum]
    consents: list[Consent]
    total_faults: list[str]
    are_minutes: bool
    dates: list[DateLine]

    @property
    def good_rows(self) -> int:
        others = self.counts["waiting"] + self.counts["left_out"]
        return int(self.counts["rows"] - others)

    @property
    def asks_ticks(self) -> bool:
        """Whether a question is answered with a tick, and so together with recording."""
        return any(not consent.is_tapped for consent in self.consents)

    @property
    def is_short(self) -> bool:
        return int(self.counts["count"]) <= SHORT


def preview_of(upload: RecordImport) -> ImportPreview:
    """What recording the good rows would bring, as it was read."""
    totals = (TotalFault(**one) for one in upload.report["totals"][:PAGE_ROWS])
    return ImportPreview(
        counts=upload.report["counts"],
        services=service_lines(upload, PAGE_ROWS),
        persons=person_sums(upload)[:PAGE_ROWS],
        consents=_consents(upload),
        total_faults=list(map(total_sentence, totals)),
        are_minutes=ImportScope.unpacked(upload.options).are_minutes,
        dates=date_lines(upload.report.get("dates", [])),
    )


def left_lines(upload: RecordImport, *, is_open: bool) -> list[LeftoverLine]:
    """What was not read, with what can be done while the table `is_open`: not recorded, and its
    file kept."""
    return leftover_lines(
        upload.leftovers,
        partial(_tap, upload) if is_open else lambda _leftover: None,
        lambda place: reverse("timesheets:left_rows", args=[upload.pk, place]),
    )


def columns_table(upload: RecordImport) -> list[ColumnLine]:
    """Every heading that was found, in the order of the file, with what it was understood as."""
    refused = upload.report.get("refused", {})
    titles = dict(upload.report.get("titles") or refused.get("headings", []))
    seen = upload.report.get("seen_columns") or refused.get("columns", {})
    return column_lines(titles, WORDS.meanings[WordRole.HEADER], seen)


def shown_problems(upload: RecordImport) -> list[LeftOutLine]:
    """What is wrong with the rows that are left out; what is asked about waits for an answer until
    the table is recorded."""
    questions = set() if upload.applied_at else {one.value for one in Uncertainty}
    return problem_lines(one for one in upload.problems if one["kind"] not in questions)


def left_out_lines(upload: RecordImport) -> list[LeftOutLine]:
    """Each row that is left out, with everything that is wrong with it."""
    return [_left_out([one]) for one in upload.problems]


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
        who = "、".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
    where = f"{first['sheet']} {row_ranges(rows) if rows[0] else '—'}".strip()
    return LeftOutLine(where, rows[0], who, first["column"], sentence)


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


def service_lines(upload: RecordImport, most: int | None = None) -> list[ServiceLine]:
    """The services that would be recorded, or were."""
    words = category_words(upload.community)
    return [_line(facts, words) for facts in upload.lines.get("good", [])[:most]]


def _line(facts: Sequence[Any], words: Mapping[str, str]) -> ServiceLine:
    sheet, row, name, number, on, began, minutes, category, result = facts
    began_at = datetime.fromisoformat(began) if began else None
    kind = word_of(words, category)
    day = date.fromisoformat(on)
    return ServiceLine(sheet, row, name, number, day, began_at, minutes, kind, result)


def person_sums(upload: RecordImport) -> list[PersonSum]:
    """The people of these services, each with all of theirs together."""
    services: Counter[tuple[str, str]] = Counter()
    minutes: Counter[tuple[str, str]] = Counter()
    for _sheet, _row, name, number, _on, _began, length, *_ in upload.lines.get("good", []):
        services[name, number] += 1
        minutes[name, number] += length
    return [PersonSum(*who, services[who], minutes[who]) for who in services]


def _consents(upload: RecordImport) -> list[Consent]:
    """One tick a kind of question; of a row with several questions each has to be ticked."""
    categories = category_words(upload.community)
    scope = ImportScope.unpacked(upload.options)
    kinds = {one["kind"] for one in upload.problems}
    consents = []
    for kind in [one for one in Uncertainty if one.value in kinds]:
        waiting = [facts for facts in upload.lines.get("open", []) if kind.value in facts[-1]]
        is_small = kind is Uncertainty.NO_UNIT and scope.are_minutes
        words = SMALL_MINUTES if is_small else CONSENTS[kind]
        label = ngettext(*words, len(waiting)) % {"count": len(waiting)}
        lines = [(f[-1][kind.value], _line(f[:-1], categories)) for f in waiting[:PAGE_ROWS]]
        name, counts = _hours_of(kind, scope)
        tap = MINUTES if kind is Uncertainty.OVER_DAY else ""
        facts = (kind.value, label, lines, len(waiting), name, counts)
        consents.append(Consent(*facts, tap, kind in TAPPED))
    return consents


def _hours_of(kind: Uncertainty, scope: ImportScope) -> tuple[str, float]:
    """The field that asks how many hours a thing counts, and how many it counts now."""
    if kind is Uncertainty.WHOLE_DAYS:
        return DAY_HOURS, scope.day_hours
    return (TICK_HOURS, scope.tick_hours) if kind is Uncertainty.TICK else ("", 0)


def answered(
    upload: RecordImport, typed: Mapping[str, str], accepted: Iterable[Uncertainty]
) -> ImportScope:
    """How a table is read, with the answers of a form; refused where it says no hours that a day
    has."""
    scope = ImportScope.unpacked(upload.options)
    return replace(
        scope,
        accepted=(frozenset(accepted) - TAPPED) | (scope.accepted & {Uncertainty.OVER_DAY}),
        day_hours=hours_typed(typed.get(DAY_HOURS, ""), scope.day_hours),
        tick_hours=hours_typed(typed.get(TICK_HOURS, ""), scope.tick_hours),
    )


def _tap(upload: RecordImport, leftover: Leftover) -> LeftoverTap | None:
    """What is offered for a leftover of a table that can still be read again; none for a second
    column of one heading, which cannot be told from the first."""
    kind = leftover.kind
    if leftover.use:
        meaning = ImportScope.unpacked(upload.options).headers.get(header_key(leftover.text))
        label = gettext("Use it as %(fact)s") % {"fact": TITLES[ServiceField(leftover.use)]}
        is_said = meaning == leftover.use
        return None if is_said else LeftoverTap(label, USE, f"{leftover.use}|{leftover.text}")
    if kind in SAID_ON_PAGE:
        url = reverse("timesheets:columns", args=[upload.pk])
        return LeftoverTap(gettext("Say what they hold"), url=url)
    taps = {
        LeftoverKind.SHEET_HIDDEN: (gettext("Read hidden sheets as well"), HIDDEN_SHEETS),
        LeftoverKind.SHEET_PAST: (gettext("Read this sheet as well"), HIDDEN_SHEETS),
        LeftoverKind.ROWS_HIDDEN_READ: (gettext("Leave them out"), UNSEEN_OUT),
        LeftoverKind.ROWS_HIDDEN: (gettext("Read them as well"), UNSEEN_IN),
    }
    return LeftoverTap(*taps[LeftoverKind(kind)], "1") if kind in taps else None


def progress_words(upload: RecordImport) -> str:
    """What is being done with a table that a job has."""
    if upload.state == TimesheetState.APPLYING:
        return gettext("The services are being recorded. You may leave this page.")
    if upload.progress:
        return gettext("%(rows)s rows read and checked so far.") % {"rows": upload.progress // 2}
    return gettext("The file is waiting to be read. You may leave this page.")


def _of_list(title: Text, columns: list[Column], order: str, *search: str) -> Spec:
    return Spec(
        title=title,
        columns=columns,
        order=(order,),
        search=naming(*search),
        search_hint=gettext_lazy("Name"),
        export=list_file,
    )


def services_spec() -> Spec:
    """Every service that would be recorded, or was."""
    columns = [
        Column(gettext_lazy("Name"), lambda line: line.name, "name", ("name",)),
        Column(gettext_lazy("Volunteer number"), lambda line: line.number),
        Column(gettext_lazy("Day"), lambda line: line.on, "day", ("on",)),
        Column(
            gettext_lazy("Time served"),
            lambda line: time_words(line.minutes),
            "time",
            ("minutes",),
        ),
        Column(gettext_lazy("Kind of service"), lambda line: line.kind),
        Column(gettext_lazy("What was done"), lambda line: line.result),
        Column(gettext_lazy("Row"), lambda line: line.where, "row", ("row",)),
    ]
    return _of_list(gettext_lazy("Services of the table"), columns, "row", "name", "result")


def people_spec() -> Spec:
    """Everybody of the table with the sum of theirs."""
    columns = [
        Column(gettext_lazy("Name"), lambda line: line.name, "name", ("name",)),
        Column(gettext_lazy("Volunteer number"), lambda line: line.number),
        Column(
            gettext_lazy("Services"),
            lambda line: line.services,
            "services",
            ("services",),
            numeric=True,
        ),
        Column(
            gettext_lazy("Time, all together"),
            lambda line: time_words(line.minutes),
            "time",
            ("minutes",),
        ),
    ]
    return _of_list(gettext_lazy("People of the table"), columns, "name", "name", "number")


def left_out_spec() -> Spec:
    """Every row that is left out, and why."""
    columns = [
        Column(gettext_lazy("Row"), lambda line: line.where, "row", ("row",)),
        Column(gettext_lazy("Name"), lambda line: line.who, "name", ("who",)),
        Column(gettext_lazy("Column"), lambda line: line.column, "column", ("column",)),
        Column(gettext_lazy("What is wrong and what to do"), lambda line: line.sentence),
    ]
    return _of_list(gettext_lazy("Left out, and why"), columns, "row", "who", "sentence")


LISTS: Mapping[str, tuple[Callable[[], Spec], Callable[[RecordImport], Sequence[object]]]] = {
    "services": (services_spec, service_lines),
    "people": (people_spec, person_sums),
    "left-out": (left_out_spec, left_out_lines),
}
"""The lists behind the page of a table, by their place in its address."""

"""Rosters as pages show them: the list of imports, the columns, and what one of them says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from zlib import crc32

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import Message, gettext_noop, ngettext_noop
from baodao.people.facts import BY_NAME
from baodao.rosters.commands.roster import asks_reader
from baodao.rosters.facts import WORDS
from baodao.rosters.models import RosterImport
from baodao.rosters.rules.problems import PROBLEM_NAMES
from baodao.rosters.rules.roster import RosterState
from baodao.rostersheets.rules.exit_words import ExitKind
from baodao.rostersheets.rules.roster import RosterScope
from baodao.spreadsheets.column_forms import HIDDEN_SHEETS
from baodao.spreadsheets.column_lines import ColumnLine, column_lines
from baodao.spreadsheets.date_lines import DateLine, date_lines
from baodao.spreadsheets.leftover_lines import LeftoverLine, LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import SAID_ON_PAGE, Leftover, LeftoverKind
from baodao.spreadsheets.uploads import is_kept
from baodao.ui.facts import actor_words
from baodao.ui.listing import Column, Spec
from baodao.ui.wording import filled
from baodao.vocabulary.rules.words import WordRole

BUSY = (RosterState.UPLOADED, RosterState.READING, RosterState.APPLYING)
AT_STEP = {RosterState.READ: 1, RosterState.APPLYING: 2, RosterState.APPLIED: 3}
MOST_PROBLEMS = 300
SHORT = 20
"""Up to so many new people are shown at once; more are folded."""
BYTES_A_PERSON = 78
"""About what one row takes in a packed workbook; only for guessing how far the reading is."""


def applied_words(row: RosterImport) -> str:
    """What applying a roster changed, in numbers; "" for one that was not."""
    counts = row.report.get("applied")
    if not counts:
        return ""
    return str(gettext("new %(new)s, changed %(changed)s, ended %(ended)s") % counts)


def imports_spec() -> Spec:
    """Everything that was imported for a unit, the newest first."""
    return Spec(
        title=_("Imported rosters"),
        columns=[
            Column(
                _("File"),
                lambda row: row.file_name,
                url=lambda row: reverse("rosters:roster", args=[row.pk]),
            ),
            Column(_("Uploaded"), lambda row: row.created_at, "at", ("created_at",)),
            Column(_("By"), lambda row: actor_words(row.created_by)),
            Column(_("State"), lambda row: row.get_state_display()),
            Column(_("Applied"), applied_words),
        ],
        order=("-created_at",),
        empty=_("No roster was imported yet."),
        empty_hint=_("Choose the file above."),
    )


MOST_STATUSES = 20


def statuses_table(roster: RosterImport) -> list[ColumnLine]:
    """Every status that was not understood, and what it may mean."""
    problems = roster.report.get("problems", [])
    unknown = (one["facts"] for one in problems if one["kind"] == "status-unknown")
    words = dict.fromkeys(str(facts["value"]) for facts in unknown if facts.get("word"))
    meanings = WORDS.meanings[WordRole.STATUS].items()
    choices = [("", gettext("leave it as a problem"), True)]
    choices += [(code, gettext(label), False) for code, label in meanings]
    return [
        ColumnLine(f"status-{crc32(word.encode()):08x}", word, "", choices)
        for word in list(words)[:MOST_STATUSES]
    ]


def columns_table(roster: RosterImport) -> list[ColumnLine]:
    """Every header found, with what it was understood as."""
    facts = {title: fact for fact, title in roster.columns.items()}
    meanings = {title: facts.get(title, "") for title in roster.report.get("titles", [])}
    return column_lines(meanings, WORDS.meanings[WordRole.HEADER], seen_in(roster))


def seen_in(roster: RosterImport) -> Mapping[str, str]:
    """The columns of a file of which no header is known, each with how it begins."""
    refused = roster.report.get("refused", {}).get("facts", {})
    seen: Mapping[str, str] = refused.get("columns") or roster.report.get("seen_columns", {})
    return seen


@dataclass(frozen=True)
class ImportStep:
    """A step of the import: `done`, `current` or `todo`."""

    label: str
    state: str


@dataclass(frozen=True)
class ProblemLine:
    """A problem in words."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class KindLine:
    """How many problems of one kind, and the link to only these."""

    kind: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class ExitQuestion:
    """Whether all people of one kind are gone: how many are asked about, what was answered (None
    for nothing yet), and what the two answers are called."""

    kind: str
    text: str
    answer: bool | None
    gone: str


@dataclass(frozen=True)
class PhoneQuestion:
    """Whether 同上 under telephones means the number above, and what was answered (None for nothing
    yet)."""

    text: str
    answer: bool | None


@dataclass(frozen=True)
class RosterResult:
    """What the page of one roster shows, in the reader's language."""

    busy: bool
    percent: int
    message: str
    steps: list[ImportStep]
    counts: Mapping[str, Any]
    problems: list[ProblemLine] = field(default_factory=list)
    kinds: list[KindLine] = field(default_factory=list)
    hidden_problems: int = 0
    remarks: list[ProblemLine] = field(default_factory=list)
    hidden_remarks: int = 0
    hidden_new: int = 0
    short: bool = True
    changes: list[tuple[str, int, str, str]] = field(default_factory=list)
    exits: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    leftovers: list[LeftoverLine] = field(default_factory=list)
    questions: list[ExitQuestion] = field(default_factory=list)
    dates: list[DateLine] = field(default_factory=list)
    phones: PhoneQuestion | None = None
    above: list[ProblemLine] = field(default_factory=list)
    refused: str = ""
    has_file: bool = False
    asks_statuses: bool = False
    asks_columns: bool = False
    asks_reader: bool = False

    @property
    def to_apply(self) -> int:
        return sum(int(self.counts.get(one, 0)) for one in ("new", "changed", "exits"))

    @property
    def has_documents(self) -> bool:
        """Whether somebody is told with another document than an identity card."""
        return any(line.kind == "id-document" for line in self.kinds)

    @property
    def lacks_column(self) -> bool:
        """Whether a column is missing, which another may be."""
        return any(line.kind == "column-missing" for line in self.kinds)


def result_of(roster: RosterImport, kind: str) -> RosterResult:
    """Word the report of a roster; `kind` shows only problems of one kind."""
    report = roster.report
    problems = [p for p in report.get("problems", []) if not kind or p["kind"] == kind]
    every = report.get("remarks", [])
    remarks = [one for one in every if one["kind"] != "above"]
    counts: dict[str, int] = report.get("problem_counts", {})
    refusal = report.get("refused") or report.get("not_applied")
    total = counts.get(kind, 0) if kind else sum(counts.values())
    has_file = roster.state not in BUSY and is_kept(roster)
    return RosterResult(
        busy=roster.state in BUSY,
        percent=_percent(roster),
        message=progress_words(roster),
        steps=_steps(roster),
        counts=report | {"problem_rows": _faulty_rows(report)},
        problems=[_worded(problem) for problem in problems[:MOST_PROBLEMS]],
        kinds=[
            KindLine(name, gettext(PROBLEM_NAMES[name]), number, name == kind)
            for name, number in sorted(counts.items(), key=lambda pair: -pair[1])
        ],
        hidden_problems=total - len(problems[:MOST_PROBLEMS]),
        remarks=[_worded(remark) for remark in remarks[:MOST_PROBLEMS]],
        above=[_worded(one) for one in every if one["kind"] == "above"],
        hidden_remarks=_rest(report, len(every) - len(remarks[MOST_PROBLEMS:])),
        hidden_new=int(report.get("new", 0)) - len(report.get("new_rows", [])),
        short=len(report.get("new_rows", [])) <= SHORT,
        changes=[
            (sheet, row, name, _labels(facts))
            for sheet, row, name, facts in report.get("changed_rows", [])
        ],
        exits=[
            (sheet, row, name, branch, _ending(died=died, on=on))
            for sheet, row, name, branch, died, on in report.get("exit_rows", [])
        ],
        columns=[(_label(name), title) for name, title in roster.columns.items()],
        leftovers=leftover_lines(
            report.get("leftovers", []),
            partial(_tap, roster),
            lambda place: reverse("rosters:left_rows", args=[roster.pk, place]),
        ),
        has_file=has_file,
        asks_statuses=roster.state == RosterState.READ and bool(statuses_table(roster)),
        asks_columns=bool(refusal and has_file and seen_in(roster)),
        asks_reader=has_file and asks_reader(roster),
        questions=_questions(roster) if roster.state == RosterState.READ else [],
        dates=date_lines(report.get("dates", [])),
        phones=_phones(roster) if roster.state == RosterState.READ else None,
        refused=gettext(refusal["message"]) % refusal["facts"] if refusal else "",
    )


def _questions(roster: RosterImport) -> list[ExitQuestion]:
    """What is to be asked, or was answered, of people who may be members no more."""
    counts = roster.report.get("problem_counts", {})
    answers = RosterScope.unpacked(roster.options).exits
    return [
        ExitQuestion(
            kind,
            filled(
                ANSWERED[answers[kind]][kind] if kind in answers else QUESTIONS[kind],
                {"count": counts.get(kind, 0)},
            ),
            answers.get(kind),
            gettext("They have died") if kind is DIED else gettext("They have left"),
        )
        for kind in ExitKind
        if counts.get(kind) or kind in answers
    ]


def _phones(roster: RosterImport) -> PhoneQuestion | None:
    """What is to be asked, or was answered, of telephones in whose place 同上 stands."""
    answer = RosterScope.unpacked(roster.options).phones_above
    count = roster.report.get("problem_counts", {}).get("phone-above", 0)
    if answer is None and not count:
        return None
    return PhoneQuestion(filled(PHONES[answer], {"count": count}), answer)


PHONES: dict[bool | None, Message] = {
    None: ngettext_noop(
        "Of %(count)s person the file tells no telephone but that it is the one above. Do they "
        "share it?",
        "Of %(count)s people the file tells no telephone but that it is the one above. Do they "
        "share it?",
    ),
    True: gettext_noop("Who has 同上 for a telephone has the number above, as you said."),
    False: gettext_noop("Who has 同上 for a telephone has none, as you said."),
}
PHONE_ABOVE = "phone-above"
"""What a tap says of all such telephones: 1 for the number above, 0 for none."""

DIED, LEFT, STRUCK = ExitKind
QUESTIONS = {
    DIED: ngettext_noop(
        "Of %(count)s person the file says that they died. Is that so?",
        "Of %(count)s people the file says that they died. Is that so?",
    ),
    LEFT: ngettext_noop(
        "Of %(count)s person the file says that they left. Is that so?",
        "Of %(count)s people the file says that they left. Is that so?",
    ),
    STRUCK: ngettext_noop(
        "%(count)s person is struck through in the file. Have they left?",
        "%(count)s people are struck through in the file. Have they left?",
    ),
}
ANSWERED = {
    True: {
        DIED: gettext_noop("Who died by the file is not taken over, as you said."),
        LEFT: gettext_noop("Who left by the file is not taken over, as you said."),
        STRUCK: gettext_noop("Who is struck through is not taken over, as you said."),
    },
    False: {
        DIED: gettext_noop("Who died by the file is a member all the same, as you said."),
        LEFT: gettext_noop("Who left by the file is a member all the same, as you said."),
        STRUCK: gettext_noop("Who is struck through is a member all the same, as you said."),
    },
}
GONE, KEPT = "gone", "kept"
"""What a tap says of all people of one kind."""

USE, SHEET, UNSEEN_OUT, UNSEEN_IN = "use", "sheet", "unseen-out", "unseen-in"
"""What a tap on a leftover says: this column as that fact, this sheet, hidden sheets, hidden rows
out or in."""


def _tap(roster: RosterImport, leftover: Leftover) -> LeftoverTap | None:
    """What is offered for a leftover of a roster that can still be read again."""
    kind = leftover.kind
    if roster.state != RosterState.READ:
        return None
    if leftover.use:
        label = gettext("Use it as %(fact)s") % {"fact": _label(leftover.use)}
        return LeftoverTap(label, USE, f"{leftover.use}|{leftover.text}")
    if kind in SAID_ON_PAGE:
        return LeftoverTap(
            gettext("Say what they hold"), url=reverse("rosters:columns", args=[roster.pk])
        )
    if kind in (LeftoverKind.SHEET_SECOND, LeftoverKind.SHEET_ALONE, LeftoverKind.SHEET_PAST):
        return LeftoverTap(gettext("Read this sheet as well"), SHEET, leftover.sheet)
    taps = {
        LeftoverKind.SHEET_HIDDEN: (gettext("Read hidden sheets as well"), HIDDEN_SHEETS),
        LeftoverKind.ROWS_HIDDEN_READ: (gettext("Leave them out"), UNSEEN_OUT),
        LeftoverKind.ROWS_HIDDEN: (gettext("Read them as well"), UNSEEN_IN),
    }
    return LeftoverTap(*taps[LeftoverKind(kind)], "1") if kind in taps else None


def _ending(*, died: bool, on: str | None) -> str:
    """What becomes of who is gone by the file, as of which day; without one in the file, the day of
    taking over counts."""
    if on is not None:
        return gettext(DATED[died]) % {"day": date_format(date.fromisoformat(on))}
    return gettext(UNDATED[died])


UNDATED = {
    True: gettext_noop("Died, on what day the file does not tell: the membership ends today"),
    False: gettext_noop("Left: the membership ends today"),
}
DATED = {
    True: gettext_noop("Died: the membership ends on %(day)s"),
    False: gettext_noop("Left: the membership ends on %(day)s"),
}


def _rest(report: Mapping[str, Any], lines: int) -> int:
    """How many remarks the page does not tell."""
    return int(report.get("remark_count", 0)) - lines


def _faulty_rows(report: Mapping[str, Any]) -> int:
    return int(report.get("people", 0)) - int(report.get("good", 0))


def _worded(problem: Mapping[str, Any]) -> ProblemLine:
    text = gettext(problem["message"]) % problem["facts"]
    return ProblemLine(problem["sheet"], problem["row"], problem["column"], text)


def _label(name: str) -> str:
    """What pages call a fact; one that was declared when the file was read, and is no more, is
    told by its name."""
    fact = BY_NAME.get(name)
    return gettext(fact.label) if fact else name


def _labels(names: Sequence[str]) -> str:
    return "、".join(map(_label, names))


def _percent(roster: RosterImport) -> int:
    people = max(1, roster.total // BYTES_A_PERSON)
    return min(95, 100 * roster.progress // people)


def progress_words(roster: RosterImport) -> str:
    """What is being done with a roster that a job has."""
    if roster.state == RosterState.APPLYING:
        return gettext("The roster is being applied. You may leave this page.")
    if roster.progress:
        return gettext("%(people)s people read so far.") % {"people": roster.progress}
    return gettext("The file is waiting to be read. You may leave this page.")


def _steps(roster: RosterImport) -> list[ImportStep]:
    labels = [gettext("Upload"), gettext("Check the file"), gettext("Apply"), gettext("Report")]
    here = AT_STEP.get(RosterState(roster.state), 0)
    if roster.state == RosterState.APPLIED:
        return [ImportStep(label, "done") for label in labels]
    states = ["done" if n < here else "current" if n == here else "todo" for n in range(4)]
    return [ImportStep(label, state) for label, state in zip(labels, states, strict=True)]

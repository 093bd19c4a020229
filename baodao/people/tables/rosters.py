"""Rosters as pages show them: the list of imports, the columns, and what one of them says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.people.models import RosterImport
from baodao.people.rules.labels import FIELDS, KINDS, SKIPPED, STATES
from baodao.ui.listing import Column, Spec

State = RosterImport.State
BUSY = (State.UPLOADED, State.READING, State.APPLYING)
SHOWN_PROBLEMS = 300
SHORT = 20
"""Up to so many new people are shown at once; more are folded."""
BYTES_A_PERSON = 78
"""About what one row takes in a packed workbook; only for guessing how far the reading is."""


def _state(row: RosterImport) -> str:
    return gettext(STATES[row.state])


def _applied(row: RosterImport) -> str:
    done = row.report.get("applied")
    if not done:
        return ""
    return str(gettext("new %(new)s, changed %(changed)s, ended %(ended)s") % done)


def imports_spec() -> Spec:
    """Everything that was imported for a unit, the newest first."""
    return Spec(
        title=_("Imported rosters"),
        columns=[
            Column(
                _("File"),
                lambda row: row.file_name,
                url=lambda row: reverse("people:roster", args=[row.pk]),
            ),
            Column(_("Uploaded"), lambda row: row.created_at, "at", ("created_at",)),
            Column(_("By"), lambda row: row.created_by),
            Column(_("State"), _state),
            Column(_("Applied"), _applied),
        ],
        order=("-created_at",),
        empty=_("No roster was imported yet."),
        empty_hint=_("Choose the file above."),
    )


@dataclass(frozen=True)
class ColumnLine:
    """One header of the file and the choice of its meaning."""

    name: str
    title: str
    choices: list[tuple[str, str, bool]]


def columns_table(roster: RosterImport) -> list[ColumnLine]:
    """Every header found, with what it was understood as."""
    meant = {title: field for field, title in roster.columns.items()}
    lines = []
    for number, title in enumerate(roster.report.get("titles", [])):
        chosen = meant.get(title, "")
        choices = [("", gettext("not used"), not chosen)]
        choices += [(key, gettext(label), key == chosen) for key, label in FIELDS.items()]
        lines.append(ColumnLine(f"column-{number}", title, choices))
    return lines


@dataclass(frozen=True)
class Step:
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
    chosen: bool


@dataclass(frozen=True)
class Result:
    """What the page of one roster shows, in the reader's language."""

    busy: bool
    percent: int
    said: str
    steps: list[Step]
    counts: Mapping[str, Any]
    problems: list[ProblemLine] = field(default_factory=list)
    kinds: list[KindLine] = field(default_factory=list)
    hidden_problems: int = 0
    hidden_new: int = 0
    short: bool = True
    changes: list[tuple[str, int, str, str]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    refused: str = ""

    @property
    def to_apply(self) -> int:
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))

    @property
    def has_hidden(self) -> bool:
        return any(reason == gettext(SKIPPED["hidden"]) for _, reason in self.skipped)


def result_of(roster: RosterImport, kind: str) -> Result:
    """Word the report of a roster; `kind` shows only problems of one kind."""
    report = roster.report
    problems = [p for p in report.get("problems", []) if not kind or p["kind"] == kind]
    counts: dict[str, int] = report.get("problem_counts", {})
    refusal = report.get("refused") or report.get("not_applied")
    total = counts.get(kind, 0) if kind else sum(counts.values())
    return Result(
        busy=roster.state in BUSY,
        percent=_percent(roster),
        said=_said(roster),
        steps=_steps(roster),
        counts=report | {"problem_rows": _faulty_rows(report)},
        problems=[_worded(problem) for problem in problems[:SHOWN_PROBLEMS]],
        kinds=[
            KindLine(name, gettext(KINDS[name]), number, name == kind)
            for name, number in sorted(counts.items(), key=lambda pair: -pair[1])
        ],
        hidden_problems=total - len(problems[:SHOWN_PROBLEMS]),
        hidden_new=int(report.get("new", 0)) - len(report.get("new_rows", [])),
        short=len(report.get("new_rows", [])) <= SHORT,
        changes=[
            (sheet, row, name, _fields(fields))
            for sheet, row, name, fields in report.get("changed_rows", [])
        ],
        columns=[(gettext(FIELDS[key]), title) for key, title in roster.columns.items()],
        skipped=[
            (one["sheet"], gettext(SKIPPED[one["reason"]]))
            for one in report.get("skipped_sheets", [])
        ],
        refused=gettext(refusal["message"]) if refusal else "",
    )


def _faulty_rows(report: Mapping[str, Any]) -> int:
    return int(report.get("people", 0)) - int(report.get("good", 0))


def _worded(problem: Mapping[str, Any]) -> ProblemLine:
    text = gettext(problem["message"]) % problem["facts"]
    return ProblemLine(problem["sheet"], problem["row"], problem["column"], text)


def _fields(fields: Sequence[str]) -> str:
    return "、".join(gettext(FIELDS[name]) for name in fields)


def _percent(roster: RosterImport) -> int:
    people = max(1, roster.total // BYTES_A_PERSON)
    return min(95, 100 * roster.progress // people)


def _said(roster: RosterImport) -> str:
    if roster.state == State.APPLYING:
        return gettext("The roster is being applied. You may leave this page.")
    if roster.progress:
        return gettext("%(people)s people read so far.") % {"people": roster.progress}
    return gettext("The file is waiting to be read. You may leave this page.")


def _steps(roster: RosterImport) -> list[Step]:
    labels = [gettext("Upload"), gettext("Check the file"), gettext("Apply"), gettext("Report")]
    here = {State.READ: 1, State.APPLYING: 2, State.APPLIED: 3}.get(State(roster.state), 0)
    if roster.state == State.APPLIED:
        return [Step(label, "done") for label in labels]
    states = ["done" if n < here else "current" if n == here else "todo" for n in range(4)]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]

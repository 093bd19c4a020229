"""What an authority asks of those below: what the system fills in, and the few fields that only
people know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.moments import Period
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.rules.formulas import FigureNames, key_of
from baodao.reporttables.rules.own import OwnColumn

MOST_QUESTIONS, MOST_FIGURES = 6, 16
LONGEST_TITLE, LONGEST_BASIS, LONGEST_LABEL, LONGEST_ANSWER = 40, 120, 40, 200
MOST_NUMBER = 999_999_999
RECEIVER_KINDS = (Kind.STREET, Kind.COMMUNITY, Kind.UNIT)
"""Of whom authorities ask, in this order."""

REQUEST_STORIES: dict[str, str] = {
    "request.sent": gettext_noop("Sent to %(count)s"),
    "request.extended": gettext_noop("Time to answer until %(due_on)s"),
    "request.withdrawn": gettext_noop("Withdrawn"),
    "request.refused": gettext_noop("A second request of the same was refused: %(what)s"),
}
"""What the journal's verbs say in the timeline of a request."""


class RequestFieldKind(Code):
    """数字, 文字."""

    NUMBER = "number", gettext_noop("a number")
    WORDS = "words", gettext_noop("words")


@dataclass(frozen=True)
class RequestField:
    """A field that people fill in: what it is called, and whether a number or words stand in it."""

    label: str
    kind: RequestFieldKind

    @property
    def kept(self) -> dict[str, str]:
        """It as it is kept."""
        return {"label": self.label, "kind": self.kind}


def is_number(question: RequestField) -> bool:
    """Whether a number stands in a field, which is added up."""
    return question.kind is RequestFieldKind.NUMBER


def kept_question(kept: Mapping[str, str]) -> RequestField:
    """A field as it was kept."""
    return RequestField(kept["label"], RequestFieldKind(kept["kind"]))


@dataclass(frozen=True)
class RequestContent:
    """All that a request says: of which period, by which day, of whom, what."""

    title: str
    basis: str
    period: Period
    due_on: date
    receiver_ids: tuple[int, ...]
    columns: tuple[OwnColumn, ...]
    questions: tuple[RequestField, ...]


@dataclass(frozen=True)
class Double:
    """A field that another request asks already of the same time: which request, of whom, and of
    which of the receivers, by id with their names."""

    label: str
    request_id: UUID
    title: str
    sender: str
    names: Mapping[int, str]


def metrics_of(columns: Iterable[OwnColumn]) -> tuple[Metric, ...]:
    """What the figures of a request count, once each."""
    codes = (code for column in columns for code in column.formula.codes)
    return tuple(METRICS[code] for code in dict.fromkeys(codes))


def tells_of(column: OwnColumn, kind: Kind) -> bool:
    """Whether the figures of a column say anything of such an organisation; else a dash stands
    there, and nothing is filled in."""
    return any(kind in METRICS[code].source.levels for code in column.formula.codes)


def check_content(content: RequestContent, today: date) -> None:
    """Refuse a request that names no basis, nobody, no day to come, or asks nothing of people."""
    if not content.title.strip() or not content.basis.strip():
        raise Refused(
            "request.basis",
            gettext_noop("Name what you ask for, and the document on which it rests."),
        )
    if not content.receiver_ids:
        raise Refused(
            "request.nobody", gettext_noop("No unit or community is ticked. Tick at least one.")
        )
    if not content.questions:
        raise Refused(
            "request.all-here",
            gettext_noop(
                "Everything you want is here already, so nobody is asked: read it below, or print "
                "it as a table. A request asks for what only people know."
            ),
        )
    check_due(content.due_on, today)
    if content.period.first > today:
        raise Refused("report.period-ahead", gettext_noop("This period has not begun yet."))


def check_due(due_on: date, today: date) -> None:
    """Refuse a last day that leaves nobody a day."""
    if due_on <= today:
        raise Refused("request.due", gettext_noop("Choose a last day after today."))


def check_later(due_on: date, before: date, today: date) -> None:
    """Refuse to put the last day of a request earlier: who was asked relies on it."""
    check_due(due_on, today)
    if due_on <= before:
        raise Refused(
            "request.earlier",
            gettext_noop("Choose a day after %(day)s: the time to answer is only made longer."),
            day=before,
        )


def check_withdrawn(*, withdrawn: bool) -> None:
    """Refuse to change what is asked no more."""
    if withdrawn:
        raise Refused("request.withdrawn", gettext_noop("This request was withdrawn already."))


def check_questions(questions: Sequence[RequestField], words: FigureNames) -> None:
    """Refuse a field whose figure the system has, and one that stands twice."""
    keys = [key_of(one.label) for one in questions]
    for one, key in zip(questions, keys, strict=True):
        if key in words.codes or key in words.several:
            raise Refused(
                "request.known",
                gettext_noop(
                    "“%(label)s” is in the records already: choose it among the figures, then the "
                    "system fills it in and nobody types it."
                ),
                label=one.label,
            )
        if keys.count(key) > 1:
            raise Refused(
                "request.field-twice",
                gettext_noop("“%(label)s” stands twice. Ask it once."),
                label=one.label,
            )


def check_doubles(doubles: Sequence[Double]) -> None:
    """Refuse to ask what another request of the same time asks."""
    if doubles:
        first = doubles[0]
        raise Refused(
            "request.double",
            gettext_noop(
                "“%(label)s” is asked already by “%(title)s” of %(sender)s (of %(names)s). Read "
                "the answers there, or leave the field out."
            ),
            label=first.label,
            title=first.title,
            sender=first.sender,
            names="、".join([*first.names.values()][:3]),
        )


def check_answers(questions: Sequence[RequestField], typed: Mapping[str, str]) -> dict[str, str]:
    """What people filled in, by the label of the field; refused where one is empty or no number."""
    answers: dict[str, str] = {}
    for one in questions:
        text = " ".join(typed.get(one.label, "").split())
        if not text or len(text) > LONGEST_ANSWER:
            raise Refused(
                "request.empty",
                gettext_noop("Fill in “%(label)s”, in at most %(most)s characters."),
                label=one.label,
                most=LONGEST_ANSWER,
            )
        if is_number(one):
            text = str(_number(one.label, text))
        answers[one.label] = text
    return answers


def check_next(version: int, present_version: int) -> None:
    """Refuse a version that another submitted meanwhile."""
    if version != present_version + 1:
        raise Refused(
            "request.answered",
            gettext_noop(
                "Somebody else submitted this answer meanwhile. Open the page again, and change "
                "what is not right."
            ),
        )


def _number(label: str, text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_NUMBER:
        raise Refused(
            "request.number",
            gettext_noop("“%(label)s” is a whole number, 0 where there is none."),
            label=label,
        )
    return int(text)


def sum_of(question: RequestField, answers: Iterable[Mapping[str, str]]) -> int | None:
    """What the answers to a field make together; None for words."""
    if not is_number(question):
        return None
    return sum(int(one[question.label]) for one in answers if question.label in one)

"""征求意见 and 回访: whom one asks, what is asked, how it is answered and what becomes of it.

The half-year's asking in both directions is a measure of the schemes of S2 and S5; the questions
are proposed here (自拟), five of each direction, so that an answer takes two minutes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.moments import Period

WORDS = 500
"""The longest opinion and the longest reply, in characters."""
NOTE = 200
NAME = 40
LONGEST = timedelta(days=60)
"""So long at most may be answered."""
USUAL = timedelta(days=10)
FEWEST = 5
"""Of members who gave no name so many answers are shown together; fewer might tell who they are."""


class OpinionAudience(Code):
    """联系单位, 联系社区, 在这里服务过的党员: whom a round asks."""

    UNITS = "units", gettext_noop("Our partner units")
    COMMUNITY = "community", gettext_noop("Our partner community")
    MEMBERS = "members", gettext_noop("Members who served here")


class OpinionMark(Code):
    """满意, 基本满意, 不满意."""

    GOOD = "good", gettext_noop("Content")
    FAIR = "fair", gettext_noop("More or less content")
    POOR = "poor", gettext_noop("Not content")


@dataclass(frozen=True)
class OpinionQuestion:
    """One line of the sheet: `words` is a message id."""

    code: str
    words: str


QUESTIONS: dict[str, tuple[OpinionQuestion, ...]] = {
    OpinionAudience.UNITS: (
        OpinionQuestion("contact", gettext_noop("The community can be reached and answers")),
        OpinionQuestion("needs", gettext_noop("Its needs are clear and can be met")),
        OpinionQuestion("plans", gettext_noop("Activities are planned in time and suit us")),
        OpinionQuestion("records", gettext_noop("Services are recorded correctly and soon")),
        OpinionQuestion("whole", gettext_noop("All in all")),
    ),
    OpinionAudience.COMMUNITY: (
        OpinionQuestion("contact", gettext_noop("The unit can be reached and answers")),
        OpinionQuestion("members", gettext_noop("Its members come as they said")),
        OpinionQuestion("resources", gettext_noop("What it offers is what residents need")),
        OpinionQuestion("results", gettext_noop("What it takes on is carried to its end")),
        OpinionQuestion("whole", gettext_noop("All in all")),
    ),
    OpinionAudience.MEMBERS: (
        OpinionQuestion("times", gettext_noop("Times of services suit people who work")),
        OpinionQuestion("tasks", gettext_noop("I was given what I can do")),
        OpinionQuestion("care", gettext_noop("I was told what to do and looked after")),
        OpinionQuestion("records", gettext_noop("My hours are recorded correctly and soon")),
        OpinionQuestion("whole", gettext_noop("All in all")),
    ),
}

Marks = Mapping[str, str]
"""The mark of each question, by their codes."""


@dataclass(frozen=True)
class RoundFacts:
    """What somebody says who asks: whom, about which months, until when, with a word of theirs."""

    audience: OpinionAudience
    period: Period
    due_on: date
    note: str = ""


@dataclass(frozen=True)
class AnswerFacts:
    """What was ticked and typed; `name` is empty for a member who gives none."""

    marks: Marks
    text: str = ""
    name: str = ""


def check_days(facts: RoundFacts, today: date) -> None:
    """Refuse a last day that is over or too far, and a time of which nothing can be said yet."""
    if not today <= facts.due_on <= today + LONGEST:
        raise Refused(
            "opinion.due",
            gettext_noop("Choose a last day between today and %(latest)s."),
            latest=today + LONGEST,
        )
    if facts.period.first > today:
        raise Refused(
            "opinion.period",
            gettext_noop("That time has not begun; nobody can say anything of it."),
        )


def check_somebody(count: int, audience: OpinionAudience) -> None:
    """Refuse a round that reaches nobody, with what to do."""
    words = {
        OpinionAudience.UNITS: gettext_noop("No unit has this community as its partner yet."),
        OpinionAudience.COMMUNITY: gettext_noop(
            "The unit has no partner community yet; present its contact form first."
        ),
        OpinionAudience.MEMBERS: gettext_noop("Nobody who is registered here served in that time."),
    }
    if count == 0:
        raise Refused("opinion.nobody", words[audience])


def check_single(is_asked: bool, until: date | None) -> None:
    """Refuse to ask the same people of the same time twice."""
    if is_asked:
        raise Refused(
            "opinion.double",
            gettext_noop(
                "They have been asked about that time already, until %(day)s. Remind who has not "
                "answered, or choose another time."
            ),
            day=until,
        )


def check_marks(audience: str, marks: Marks) -> None:
    """Refuse an answer that leaves a question open, and one that nobody asked."""
    codes = {one.code for one in QUESTIONS[audience]}
    if marks.keys() != codes or not set(marks.values()) <= {mark.value for mark in OpinionMark}:
        raise Refused("opinion.marks", gettext_noop("Tick one answer in every line."))


def check_open(*, is_over: bool) -> None:
    """Refuse an answer after the last day."""
    if is_over:
        raise Refused(
            "opinion.over",
            gettext_noop("It could be answered until its last day; tell who asked in person."),
        )


def check_reply(words: str, *, nameless: bool) -> str:
    """The reply without blanks around it; refused where it is empty, or nobody could read it."""
    if nameless:
        raise Refused(
            "opinion.nameless",
            gettext_noop("Who wrote this gave no name, so nobody can be answered."),
        )
    if not words.strip():
        raise Refused("opinion.empty", gettext_noop("Say what became of it."))
    return words.strip()


def check_missing(words: str) -> str:
    """What is missing where something is not settled, without blanks around it; refused where it
    is empty, for nobody could do anything about it, or too long."""
    lacking = words.strip()
    if not 1 <= len(lacking) <= WORDS:
        raise Refused(
            "opinion.missing",
            gettext_noop("Say in 1 to %(most)s characters what is still missing."),
            most=WORDS,
        )
    return lacking


@dataclass(frozen=True)
class LineTotal:
    """How a question was marked: how often each, in the order of `OpinionMark`."""

    question: OpinionQuestion
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)


def totals_of(audience: str, marks: Iterable[Marks]) -> list[LineTotal]:
    """Question by question how often each mark was given."""
    seen = list(marks)
    totals = []
    for question in QUESTIONS[audience]:
        counted = Counter(one.get(question.code) for one in seen)
        counts = tuple(counted[mark.value] for mark in OpinionMark)
        totals.append(LineTotal(question, counts))
    return totals


def are_shown(audience: str, answers: int) -> bool:
    """Whether so many answers may be shown: of members only several together."""
    return audience != OpinionAudience.MEMBERS or answers >= FEWEST

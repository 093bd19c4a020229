"""问题清单: where a problem comes from, how it stands, what it is to say, who solves it by when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life

TEXT, SPOT, NAME, EVIDENCE = 200, 100, 60, 500
SHORTEST = 4
USUAL_DAYS = 14
"""A day that is proposed for what is to be solved."""


class ProblemSource(Code):
    """居民需求, 走访, 会议决定, 征求意见, 反馈卡, 窗口和电话."""

    NEED = "need", gettext_noop("A need")
    VISIT = "visit", gettext_noop("A visit to a household")
    MEETING = "meeting", gettext_noop("What a meeting decided")
    OPINION = "opinion", gettext_noop("An opinion that was asked for")
    CARD = "card", gettext_noop("A feedback card")
    WINDOW = "window", gettext_noop("The window or the telephone")


BY_HAND = (
    ProblemSource.WINDOW,
    ProblemSource.VISIT,
    ProblemSource.OPINION,
    ProblemSource.MEETING,
)
"""What somebody writes down; the others come with what they are made of."""


class ProblemState(Code):
    """办理中, 已解决."""

    OPEN = "open", gettext_noop("To be solved")
    SOLVED = "solved", gettext_noop("Solved")


PROBLEM = Life(
    "problem",
    moves={
        ProblemState.OPEN: {ProblemState.SOLVED},
        ProblemState.SOLVED: {ProblemState.OPEN},
    },
    refusals={
        ProblemState.OPEN: gettext_noop("This problem is not solved yet."),
        ProblemState.SOLVED: gettext_noop("This problem was solved already; open it again first."),
    },
    over=(ProblemState.SOLVED,),
)


class WordWay(Code):
    """By which way whoever asked said what they think: 电话, 窗口或上门, 链接."""

    PHONE = "phone", gettext_noop("By telephone")
    WINDOW = "window", gettext_noop("At the window or at home")
    LINK = "link", gettext_noop("By the link of the request")


@dataclass(frozen=True)
class Duty:
    """Who is to do something, by name where one is named, and by which day."""

    owner_id: int
    due_on: date
    owner_name: str = ""


@dataclass(frozen=True)
class ProblemFacts:
    """A problem as it is raised: what it is, where, and who asked, kept sealed."""

    source: str
    text: str
    spot: str = ""
    asker: str = ""
    phone: str = ""
    need_id: UUID | None = None
    card_id: UUID | None = None
    visit_id: UUID | None = None
    opinion_id: UUID | None = None


def check_problem(facts: ProblemFacts) -> None:
    """Refuse a problem that says not what it is, or comes from nowhere."""
    if facts.source not in set(ProblemSource):
        raise Refused("problem.source", gettext_noop("Choose where the problem comes from."))
    check_text(facts.text)


def check_text(text: str) -> str:
    """What is to be done, without outer spaces; refused where it says too little."""
    words = text.strip()
    if len(words) < SHORTEST:
        raise Refused(
            "problem.text",
            gettext_noop("Say what it is about, in at least %(least)s characters."),
            least=SHORTEST,
        )
    return words[:TEXT]


def check_evidence(words: str) -> str:
    """By what one sees that it is solved; refused where it says nothing."""
    evidence = words.strip()
    if len(evidence) < SHORTEST:
        raise Refused(
            "problem.evidence",
            gettext_noop(
                "Say what was done, and by what one sees that it is solved, in at least %(least)s "
                "characters."
            ),
            least=SHORTEST,
        )
    return evidence[:EVIDENCE]


def check_due(due_on: date, today: date) -> None:
    """Refuse a day that is over."""
    if due_on < today:
        raise Refused("problem.due", gettext_noop("Choose a day from today on."))


STORIES: dict[str, str] = {
    "problem.raised": gettext_noop("Put on the list"),
    "problem.assigned": gettext_noop("%(owner)s solves it by %(due_on)s"),
    "problem.task-added": gettext_noop("%(owner)s has a task by %(due_on)s: %(words)s"),
    "problem.task-ended": gettext_noop("%(owner)s has done the task: %(words)s"),
    "problem.task-withdrawn": gettext_noop("Task of %(owner)s withdrawn: %(words)s"),
    "problem.escalated": gettext_noop("Whistled for %(owner)s, answer by %(due_on)s"),
    "problem.answered": gettext_noop("%(owner)s answered"),
    "problem.call-withdrawn": gettext_noop("Whistle for %(owner)s withdrawn"),
    "problem.outcome-stated": gettext_noop("%(owner)s reports it as solved"),
    "problem.outcome-declined": gettext_noop("%(owner)s is asked to go on"),
    "problem.solved": gettext_noop("Closed as solved"),
    "problem.rated": gettext_noop("The asker's word: %(satisfied)s"),
    "problem.reopened": gettext_noop("Problem opened again"),
    "problem.unmasked": gettext_noop("Name and telephone of the asker read in full"),
}
"""What the journal's verbs say to who looks after a problem."""

ASKER_STORIES: dict[str, str] = {
    "problem.raised": gettext_noop("The community has put it on its list of problems"),
    "problem.escalated": gettext_noop("%(owner)s was asked to help, and answers by %(due_on)s"),
    "problem.answered": gettext_noop("%(owner)s has told the community what is done about it"),
    "problem.call-withdrawn": gettext_noop("%(owner)s is asked no more"),
    "problem.solved": gettext_noop("The community has closed it as solved"),
    "problem.rated": gettext_noop("Your word: %(satisfied)s"),
    "problem.reopened": gettext_noop("The community looks after it again"),
}
"""What they say to whoever asked."""

"""共驻共建协议书: its life, its clauses, and what must hold before it is signed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

TITLE, TEXT, PLAN, EVIDENCE = 30, 500, 100, 200
SHORTEST = 4
MOST_CLAUSES = 20


class ClauseText(NamedTuple):
    """A clause of a template: what it is about, and its wording."""

    title: str
    text: str


CLAUSES = (
    ClauseText("共建目标", "双方本着资源共享、优势互补、共建共治的原则，共同服务社区党员和群众。"),
    ClauseText("组织联建", "双方每半年至少召开一次联席会议，通报情况，商定下一阶段工作。"),
    ClauseText("资源共享", "单位按资源清单提供场地、设施和专业力量，社区按约定使用。"),
    ClauseText("服务联办", "社区提出需求，单位组织在职党员认领岗位和项目，按计划开展活动。"),
    ClauseText("沟通联络", "双方各确定一名联络员，遇有变化及时沟通。"),
)
"""What an agreement is drafted from where no authority has written another template."""


class AgreementState(Code):
    """协商中, 已签订, 已终止."""

    DRAFT = "draft", gettext_noop("Being agreed on")
    SIGNED = "signed", gettext_noop("Signed by both")
    ENDED = "ended", gettext_noop("Agreement ended")


class ProgressPart(Code):
    """单位活动, 党员服务, 借用资源, 完成项目, 落实条款: what of a year is counted."""

    ACTIVITIES = "activities", gettext_noop("Activities of the unit")
    SERVICES = "services", gettext_noop("Services of its members")
    LENT = "lent", gettext_noop("Resources lent")
    PROJECTS = "projects", gettext_noop("Projects done")
    CLAUSES = "clauses", gettext_noop("Clauses kept")


AGREEMENT = Life(
    "agreement",
    moves={
        AgreementState.DRAFT: {AgreementState.SIGNED, AgreementState.ENDED},
        AgreementState.SIGNED: {AgreementState.ENDED},
        AgreementState.ENDED: set(),
    },
    refusals={
        AgreementState.DRAFT: gettext_noop("The agreement is not signed yet."),
        AgreementState.SIGNED: gettext_noop("The agreement is signed and stays as it is."),
        AgreementState.ENDED: gettext_noop("The agreement has ended and stays as it was."),
    },
)


def clauses_in(typed: str) -> list[ClauseText]:
    """The clauses of a text: a line each, what it is about before the first colon. Refused where
    one has no wording or a longer one than an agreement holds, or there are none or too many."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    pairs = [line.replace(":", "：", 1).partition("：") for line in lines]
    rows = [ClauseText(title.strip(), text.strip()) for title, _, text in pairs]
    for line, row in zip(lines, rows, strict=True):
        if not (row.title and row.text):
            raise Refused(
                "clause.line",
                gettext_noop("Write each clause on a line, as 标题：内容. Look at “%(line)s”."),
                line=line if len(line) <= TITLE else f"{line[:TITLE]}…",
            )
        _check_fits(row.title, TITLE, row.title)
        _check_fits(row.text, TEXT, row.title)
    if not 1 <= len(rows) <= MOST_CLAUSES:
        raise Refused(
            "clause.number", gettext_noop("Write 1 to %(most)s clauses."), most=MOST_CLAUSES
        )
    return rows


def _check_fits(words: str, most: int, title: str) -> None:
    if len(words) > most:
        raise Refused(
            "clause.long",
            gettext_noop(
                "“%(title)s” is too long: write at most %(most)s characters; there are %(length)s."
            ),
            title=title if len(title) <= TITLE else f"{title[:TITLE]}…",
            most=most,
            length=len(words),
        )


def check_wording(text: str) -> str:
    """A wording without outer spaces; refused where it is empty or too long for its place."""
    words = text.strip()
    if not words:
        raise Refused("clause.wording", gettext_noop("Write 1 to %(most)s characters."), most=TEXT)
    return check_length(words, TEXT, "clause.wording")


def check_seen(words: str) -> str:
    """By what one sees that a clause was kept; refused where it says nothing."""
    evidence = words.strip()
    if len(evidence) < SHORTEST:
        raise Refused(
            "clause.evidence",
            gettext_noop(
                "Say what was done, and by what one sees it, in at least %(least)s characters."
            ),
            least=SHORTEST,
        )
    return check_length(evidence, EVIDENCE, "clause.evidence-long")


def check_agreed(titles: Sequence[str]) -> None:
    """Refuse to sign while a clause is open; `titles` are those."""
    if titles:
        raise Refused(
            "agreement.open",
            gettext_noop("Still open: %(titles)s. Agree on every clause first."),
            titles="、".join(titles),
        )


def check_last(standing: int, named: int) -> None:
    """Refuse to agree to words that were reworded since they were read."""
    if standing < named:
        raise Refused(
            "agreement.reworded",
            gettext_noop(
                "A clause was reworded since you opened the page. Read it again, then agree."
            ),
        )


def check_agreement_year(year: int, today: date) -> None:
    """Refuse an agreement of another year than this or the next."""
    if year not in (today.year, today.year + 1):
        raise Refused("agreement.year", gettext_noop("Choose this year or the next."))

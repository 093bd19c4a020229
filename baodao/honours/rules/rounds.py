"""Rounds of honours: what is proposed of what a policy says, what may be signed, shown, objected
to, issued. Pure: the same results give the same proposals, and each rests on a person's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baodao.honours.rules.lives import (
    KINDS_AT,
    OF_EVERYBODY,
    POSITIVE,
    VERDICTS,
    HonourKind,
    HonourVerdict,
)
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.moments import Period
from baodao.orgs.rules.tree import Kind

WORDS = 500
"""The longest objection and the longest answer, in characters."""
GROUND = 300
"""The longest reason of a nomination, in characters."""
MOST_HONOURED = 200

_REVIEW, _ELIGIBILITY = HonourVerdict.QUALIFIED, HonourVerdict.ELIGIBLE
_WORDS: dict[HonourKind, dict[str, HonourVerdict]] = {
    HonourKind.REVIEW: {"met": _REVIEW, "excused": _REVIEW, "missed": HonourVerdict.BASIC},
    HonourKind.ELIGIBILITY: {
        "met": _ELIGIBILITY,
        "excused": _ELIGIBILITY,
        "missed": HonourVerdict.BARRED,
    },
}
_GRADES = {
    "优秀": HonourVerdict.EXCELLENT,
    "合格": HonourVerdict.QUALIFIED,
    "基本合格": HonourVerdict.BASIC,
    "不合格": HonourVerdict.UNQUALIFIED,
}
"""The four words of 民主评议 by which a policy may name its grades."""


@dataclass(frozen=True)
class PolicyGround:
    """What a stored result says of a member: which result of which version, how far the policy is
    met (`met`, `excused`, `open`, `missed`, `judged` where it asks nothing to pass), its grade and
    star, and the reason as facts for words."""

    result_id: UUID
    version: str
    state: str
    grade: str = ""
    star: str = ""
    reason: Any = ""


@dataclass(frozen=True)
class HonourRoundFacts:
    """What somebody says who begins a round: what is judged, of which months, how many at most are
    chosen (of those who are named)."""

    kind: HonourKind
    period: Period
    most: int = 0


def proposed_verdict(kind: HonourKind, ground: PolicyGround | None) -> HonourVerdict | None:
    """What the machine proposes; None where it can say nothing, so that a person has to.

    Whoever the policy is met by, or of whom nothing was asked, is proposed as qualified and
    eligible; who certainly misses it as basically qualified at most (as 佛山 has it, R7) and not
    eligible (S4). What can still be met proposes nothing."""
    if ground is None or ground.state == "open":
        return None
    words = _WORDS.get(kind, {})
    if kind is HonourKind.REVIEW and ground.grade in _GRADES:
        return _GRADES[ground.grade]
    if kind is HonourKind.RATING:
        return HonourVerdict.CHOSEN if ground.star else HonourVerdict.PASSED_OVER
    return words.get(ground.state)


def is_public(verdict: str) -> bool:
    """Whether who got this word stands on the public list."""
    return verdict in POSITIVE


def check_round(facts: HonourRoundFacts, kind: Kind, today: date) -> None:
    """Refuse what this organisation does not judge, a time that has not begun, and no number of
    those to be chosen."""
    if facts.kind not in KINDS_AT.get(kind, ()):
        raise Refused(
            "honour.kind", gettext_noop("This is not judged here; choose another kind of round.")
        )
    if facts.period.first > today:
        raise Refused(
            "honour.period", gettext_noop("That time has not begun; there is nothing to judge yet.")
        )
    if facts.kind not in OF_EVERYBODY and not 1 <= facts.most <= MOST_HONOURED:
        raise Refused(
            "honour.most",
            gettext_noop("Say how many at most are chosen, from 1 to %(most)s."),
            most=MOST_HONOURED,
        )


def check_single(is_there: bool) -> None:
    """Refuse a second round that judges the same of the same time."""
    if is_there:
        raise Refused(
            "honour.double",
            gettext_noop(
                "There is a round of this kind and time already. Go on with it, or withdraw it "
                "first."
            ),
        )


def check_verdict(kind: HonourKind, verdict: HonourVerdict | None) -> HonourVerdict:
    """The verdict; refused where it is no word of this kind of round, or none was chosen."""
    if verdict is None or verdict not in VERDICTS[kind]:
        raise Refused(
            "honour.verdict", gettext_noop("Choose one of the words of this round, and say why.")
        )
    return verdict


def check_not_own(person_id: UUID | None, about: UUID | None) -> None:
    """Refuse to judge oneself."""
    if person_id is not None and person_id == about:
        raise Refused(
            "honour.own", gettext_noop("Nobody judges themselves; somebody else signs this one.")
        )


def check_counted(seen: str, count: str) -> None:
    """Refuse to sign what was proposed before the votes were counted: `seen` names the count that
    was known to who signs, `count` the one that holds."""
    if seen != count:
        raise Refused(
            "honour.counted",
            gettext_noop(
                "The votes were counted since you opened the page, and other proposals may stand "
                "here now. Look at them, then sign."
            ),
        )


def check_complete(unsigned: int) -> None:
    """Refuse to show a list on which somebody's proposal is not signed."""
    if unsigned:
        raise Refused(
            "honour.unsigned",
            gettext_noop("Proposals not signed yet: %(count)s. Look at each of them first."),
            count=unsigned,
        )


def check_number(honoured: int, most: int) -> None:
    """Refuse more who are honoured than were said at first, and a list with nobody."""
    if honoured == 0:
        raise Refused(
            "honour.nobody", gettext_noop("Nobody would stand on the list, so there is none.")
        )
    if most and honoured > most:
        raise Refused(
            "honour.too-many",
            gettext_noop(
                "%(chosen)s would be honoured, at most %(most)s were announced. Change some of "
                "them, with a reason."
            ),
            chosen=honoured,
            most=most,
        )


def check_objectable(*, is_public_now: bool, until: date | None, today: date) -> None:
    """Refuse an objection before or after the publicity."""
    if not is_public_now or until is None or today > until:
        raise Refused(
            "honour.not-public",
            gettext_noop(
                "Objections are taken while the list is in publicity. Afterwards turn to the "
                "organisation, or send a complaint."
            ),
        )


def check_words(words: str) -> str:
    """What somebody writes, without blanks around it; refused where it is empty or too long."""
    text = words.strip()
    if not 1 <= len(text) <= WORDS:
        raise Refused(
            "honour.words",
            gettext_noop("Write what it is about, in 1 to %(most)s characters."),
            most=WORDS,
        )
    return text


def issuable_from(until: date | None) -> date | None:
    """The first day on which the final list may be issued: the one after publicity."""
    return None if until is None else until + timedelta(days=1)


def check_issuable(until: date | None, today: date, waiting: int) -> None:
    """Refuse the final list before the last day of publicity is over, or while an objection
    waits."""
    if waiting:
        raise Refused(
            "honour.objections",
            gettext_noop("Objections without an answer: %(count)s. Answer each of them first."),
            count=waiting,
        )
    if until is None or today <= until:
        raise Refused(
            "honour.publicity",
            gettext_noop("The list is in publicity until %(day)s; issue it on a day after that."),
            day=until,
        )


@dataclass(frozen=True)
class ListChange:
    """How the public list became another after an objection: who came onto it, and how many left
    it, of whom no name is told."""

    added: tuple[str, ...]
    removed: int


def list_change(changes: Iterable[tuple[str, str, str]]) -> ListChange:
    """Of triples of name, word before and word after, what is told in public."""
    moved = [(name, is_public(before), is_public(after)) for name, before, after in changes]
    added = tuple(name for name, before, after in moved if after and not before)
    return ListChange(added, sum(1 for _, before, after in moved if before and not after))

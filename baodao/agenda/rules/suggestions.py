"""Which offers fit a person, and why, in words: what they can do, like and wish, where they live,
when they can.

Nothing here knows how many others claimed: an offer stands higher because it fits, then because it
still lacks people, never because it is popular. What is for one person rises while nobody takes it
on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from baodao.agenda.rules.times import Slots, free_at
from baodao.kernel.errors import gettext_noop

Words = frozenset[str]
NONE: Words = frozenset()
REASON_WORDS = 2
"""So many words are told as a reason."""

EVERYWHERE = re.compile("服务|社区|活动|工作|志愿|岗位|人员|党员|管理|技术|专业|相关")
"""Words that stand in every other offer and say nothing about a person."""

LEAST = 2
"""What is written freely meets an offer by pieces of at least so many characters beside those."""

SKILL, WISH, UNTAKEN, LIKING, NEAR, FREE, NEEDED = 4, 3, 3, 2, 2, 2, 1
KNOWN = gettext_noop("you know about %(fact)s")


@dataclass(frozen=True)
class Topics:
    """What somebody says, or an offer asks: words of a list, and pieces written beside them."""

    words: Words = NONE
    pieces: Sequence[str] = ()


@dataclass(frozen=True)
class Wisher:
    """What is known of a person: what they can do, like and wish, when they are free, and where
    they belong."""

    skills: Topics = Topics()
    interests: Topics = Topics()
    wishes: Topics = Topics()
    free: Slots = frozenset()
    home_community_id: int | None = None
    community_id: int | None = None
    grid: str = ""


@dataclass(frozen=True)
class Sought:
    """What an offer asks for: `text` is all that it says, of which each list has its words; how
    many places are free."""

    text: str
    community_id: int
    skills: Topics = Topics()
    interests: Words = NONE
    wishes: Words = NONE
    place: str = ""
    schedule: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    free: int = 0
    short: bool = False
    untaken: bool = False


@dataclass(frozen=True)
class Reason:
    """Why it fits: a message id with its facts, and how much it counts."""

    message: str
    weight: int
    fact: str = ""


def reasons_for(person: Wisher, offer: Sought) -> list[Reason]:
    """Every reason, the strongest first."""
    reasons: list[Reason] = []
    if skill := shared(person.skills, offer.skills, offer.text):
        reasons.append(Reason(KNOWN, SKILL, skill))
    if wish := shared(person.wishes, Topics(offer.wishes), offer.text):
        reasons.append(Reason(gettext_noop("you wish to do %(fact)s"), WISH, wish))
    if liking := shared(person.interests, Topics(offer.interests), offer.text):
        reasons.append(Reason(gettext_noop("you like %(fact)s"), LIKING, liking))
    if person.grid and person.grid in f"{offer.place}{offer.text}":
        reasons.append(Reason(gettext_noop("in your grid"), NEAR + 1))
    elif person.home_community_id == offer.community_id:
        reasons.append(Reason(gettext_noop("near your home"), NEAR))
    elif person.community_id == offer.community_id:
        reasons.append(Reason(gettext_noop("in the community where you reported"), NEAR - 1))
    if free := free_at(person.free, offer.starts_at, offer.ends_at, offer.schedule):
        reasons.append(Reason(free, FREE))
    if offer.untaken:
        reasons.append(Reason(gettext_noop("nobody has taken it on for long"), UNTAKEN))
    elif offer.short and offer.free:
        reasons.append(Reason(gettext_noop("still short of people"), NEEDED))
    return sorted(reasons, key=lambda reason: -reason.weight)


def knows(reasons: Iterable[Reason]) -> bool:
    """Whether one of the reasons is that the person knows about it."""
    return any(reason.message == KNOWN for reason in reasons)


OF_ANOTHER = {
    KNOWN: gettext_noop("knows about %(fact)s"),
    "you wish to do %(fact)s": gettext_noop("wishes to do %(fact)s"),
    "you like %(fact)s": gettext_noop("likes %(fact)s"),
    "in your grid": gettext_noop("in their grid"),
    "near your home": gettext_noop("near their home"),
    "in the community where you reported": gettext_noop("reported here"),
}
"""What a reason is called when it is told of somebody else, where it is called something else."""


def weight_of(reasons: Iterable[Reason]) -> int:
    """How well it fits, for the order of a list; never shown."""
    return sum(reason.weight for reason in reasons)


def shared(person: Topics, offer: Topics, text: str) -> str:
    """What a person says that an offer asks for: words of the list, else a piece of theirs that
    stands in the text of the offer, or the other way round; told shortly, "" for nothing."""
    if words := person.words & offer.words:
        return "、".join(sorted(words)[:REASON_WORDS])
    own = (piece for piece in person.pieces if piece in text)
    sought = (piece for piece in offer.pieces if any(piece in one for one in person.pieces))
    pieces = (*own, *sought)
    return next((piece for piece in pieces if len(EVERYWHERE.sub("", piece)) >= LEAST), "")

"""Which offers fit a person, and why, in words: what they can do, where they live, when they can.

Nothing here knows how many others claimed: an offer stands higher because it fits, then because it
still lacks people, never because it is popular.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop

PIECES = re.compile(r"[、，,；;。/\s]+|和|或|及")
EVERYWHERE = re.compile("服务|社区|活动|工作|志愿|岗位|人员|党员|管理|技术|专业|相关")
"""Words that stand in every other offer and say nothing about a person."""

DAYS = "一二三四五六日"
WORKDAYS = 5
WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
HALVES = {"上午": range(5, 12), "中午": range(11, 14), "下午": range(12, 18), "晚": range(18, 23)}
SKILL, NEAR, FREE, NEEDED = 4, 2, 2, 1


@dataclass(frozen=True)
class Wisher:
    """What is known of a person: texts as they wrote them, and where they belong."""

    skills: Sequence[str] = ()
    free_times: str = ""
    home_community_id: int | None = None
    community_id: int | None = None
    grid: str = ""


@dataclass(frozen=True)
class Sought:
    """What an offer asks for, and how many places are free."""

    words: str
    community_id: int
    place: str = ""
    schedule: str = ""
    starts_at: datetime | None = None
    free: int = 0
    short: bool = False


@dataclass(frozen=True)
class Reason:
    """Why it fits: a message id with its facts, and how much it counts."""

    message: str
    weight: int
    fact: str = ""


def reasons_for(person: Wisher, offer: Sought) -> list[Reason]:
    """Every reason, the strongest first."""
    reasons: list[Reason] = []
    if word := shared_word(person.skills, offer.words):
        reasons.append(Reason(gettext_noop("you know about %(fact)s"), SKILL, word))
    if person.grid and person.grid in f"{offer.place}{offer.words}":
        reasons.append(Reason(gettext_noop("in your grid"), NEAR + 1))
    elif person.home_community_id == offer.community_id:
        reasons.append(Reason(gettext_noop("near your home"), NEAR))
    elif person.community_id == offer.community_id:
        reasons.append(Reason(gettext_noop("in the community where you reported"), NEAR - 1))
    if piece := free_piece(person.free_times, offer):
        reasons.append(Reason(gettext_noop("you are free then: %(fact)s"), FREE, piece))
    if offer.short and offer.free:
        reasons.append(Reason(gettext_noop("still short of people"), NEEDED))
    return sorted(reasons, key=lambda reason: -reason.weight)


def knows(reasons: Iterable[Reason]) -> bool:
    """Whether one of the reasons is that the person knows about it."""
    return any(reason.weight == SKILL for reason in reasons)


OF_ANOTHER = {
    "you know about %(fact)s": gettext_noop("knows about %(fact)s"),
    "in your grid": gettext_noop("in their grid"),
    "near your home": gettext_noop("near their home"),
    "in the community where you reported": gettext_noop("reported here"),
    "you are free then: %(fact)s": gettext_noop("free then: %(fact)s"),
}
"""What a reason is called when it is told of somebody else."""


def weight_of(reasons: Iterable[Reason]) -> int:
    """How well it fits, for the order of a list; never shown."""
    return sum(reason.weight for reason in reasons)


def shared_word(texts: Iterable[str], words: str) -> str:
    """The longest piece of at least two characters that one text has in common with `words`."""
    best = ""
    for text in texts:
        for piece in PIECES.split(EVERYWHERE.sub(" ", text)):
            best = _longest(piece, words, len(best)) or best
    return best


def _longest(piece: str, words: str, least: int) -> str:
    """The longest part of `piece` in `words` that is longer than `least` and one character."""
    for length in range(len(piece), max(1, least), -1):
        for start in range(len(piece) - length + 1):
            if piece[start : start + length] in words:
                return piece[start : start + length]
    return ""


def free_piece(free_times: str, offer: Sought) -> str:
    """The piece of a person's free times into which the offer falls; empty when none is known."""
    days, hour = _when(offer)
    for piece in PIECES.split(free_times):
        if piece and days and _fits(piece, days, hour):
            return piece
    return ""


def _when(offer: Sought) -> tuple[set[int], int | None]:
    if offer.starts_at is not None:
        at = clock.local(offer.starts_at)
        return {at.weekday()}, at.hour
    hour = re.search(r"(\d{1,2})[:：点时]", offer.schedule)
    return _days_in(offer.schedule), int(hour[1]) if hour else None


def _days_in(words: str) -> set[int]:
    days = {DAYS.index(day.replace("天", "日")) for day in WEEKDAY.findall(words)}
    if "周末" in words or "双休" in words:
        days |= {5, 6}
    if "工作日" in words:
        days |= set(range(WORKDAYS))
    if "每天" in words or "随时" in words or "每日" in words:
        days |= set(range(7))
    return days


def _fits(piece: str, days: set[int], hour: int | None) -> bool:
    halves = [hours for word, hours in HALVES.items() if word in piece]
    if halves and hour is not None and not any(hour in hours for hours in halves):
        return False
    return bool(_days_in(piece) & days)

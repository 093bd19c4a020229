"""组织生活: what a date of organisational life is, what may be shared to learn from, and whose two
birthdays (S5: 两个生日) fall on a day. Nothing here counts who came."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life

TITLE, TEXT, SPOT, LINK, MATERIAL = 60, 500, 100, 300, 4000


class GatheringKind(Code):
    """三会一课 (支部党员大会, 支部委员会, 党小组会, 党课), 主题党日, 组织生活会, 其他."""

    ASSEMBLY = "assembly", gettext_noop("Assembly of the branch")
    COMMITTEE = "committee", gettext_noop("Branch committee")
    GROUP = "group", gettext_noop("Group meeting")
    LECTURE = "lecture", gettext_noop("Party lecture")
    THEME_DAY = "theme-day", gettext_noop("Theme day")
    REVIEW = "review", gettext_noop("Review meeting")
    OTHER = "other", gettext_noop("Other gathering")


class GatheringState(Code):
    """已通知, 已取消."""

    ANNOUNCED = "announced", gettext_noop("Announced")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


GATHERING = Life(
    "gathering",
    moves={GatheringState.ANNOUNCED: {GatheringState.CANCELLED}, GatheringState.CANCELLED: ()},
    refusals={
        GatheringState.ANNOUNCED: gettext_noop("This is announced already."),
        GatheringState.CANCELLED: gettext_noop("This was cancelled."),
    },
)


@dataclass(frozen=True)
class GatheringFacts:
    """What is announced: of which kind, what, when and where, and what to bring or read."""

    kind: GatheringKind
    title: str
    starts_at: datetime
    spot: str
    text: str = ""


def check_gathering(facts: GatheringFacts, now: datetime) -> None:
    """Refuse a gathering without a name or a place, or one that has begun."""
    if not facts.title.strip():
        raise Refused("gathering.title", gettext_noop("Say what it is about."))
    if not facts.spot.strip():
        raise Refused("gathering.spot", gettext_noop("Say where it is."))
    if facts.starts_at <= now:
        raise Refused("gathering.over", gettext_noop("Choose a time that is still to come."))


def check_not_begun(starts_at: datetime, now: datetime) -> None:
    """Refuse to change or cancel what has begun: it took place, or nobody came, and nothing is
    written."""
    if starts_at <= now:
        raise Refused("gathering.begun", gettext_noop("This has begun already."))


def check_material(title: str, text: str, link: str) -> None:
    """Refuse material that has no title, says nothing, or leads elsewhere than to a page."""
    if not title.strip():
        raise Refused("material.title", gettext_noop("Say what it is about."))
    if not (text.strip() or link.strip()):
        raise Refused("material.empty", gettext_noop("Write a text, or give the address of one."))
    address = urlsplit(link.strip())
    if link.strip() and not (address.scheme in ("https", "http") and address.hostname):
        raise Refused(
            "material.link",
            gettext_noop("An address begins with https:// and names a site, such as %(example)s."),
            example="https://www.12371.cn/",
        )


def birthdays_on(day: date) -> Collection[tuple[int, int]]:
    """Months and days whose birthday is this day: in a year without 29 February those of it have
    theirs on the 28th."""
    days = [(day.month, day.day)]
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        days.append((2, 29))
    return days


STORIES: dict[str, str] = {
    "gathering.announced": gettext_noop("Announced"),
    "gathering.changed": gettext_noop("Time, place or words changed"),
    "gathering.cancelled": gettext_noop("Cancelled"),
}
"""What the journal's verbs say of a gathering."""

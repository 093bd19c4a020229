"""党建联系点, 包保: to what a cadre is the contact, from which day to which, and how that ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.rules.tree import Kind

TITLE = 40
A_WEEK = timedelta(days=7)


class ContactKind(Code):
    """联系社区, 联系网格, 包保户."""

    COMMUNITY = "community", gettext_noop("Contact community")
    GRID = "grid", gettext_noop("Contact grid")
    HOUSEHOLD = "household", gettext_noop("Contact household")


KINDS_OF_PLACES = {
    Kind.COMMUNITY: ContactKind.COMMUNITY,
    Kind.GRID: ContactKind.GRID,
}
"""What a contact is to a place of this kind."""


class ContactEnding(Code):
    """交接, 期满或取消, 调离, 去世, 社区或网格撤销."""

    HANDED_OVER = "handed-over", gettext_noop("Handed over to somebody else")
    ENDED = "ended", gettext_noop("The contact was ended")
    LEFT = "left", gettext_noop("The cadre left the unit")
    DIED = "died", gettext_noop("The cadre died")
    CLOSED = "closed", gettext_noop("The place was closed")


WITHOUT_CADRE = (ContactEnding.LEFT, ContactEnding.DIED)
"""After these somebody else is to take over."""


@dataclass(frozen=True)
class ContactTerm:
    """From which day to which, both included, a cadre is the contact; `until` may be open."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class HouseholdRef:
    """A household for which a cadre becomes the contact: that of a pairing by its id, or a new one;
    `title` is what everybody reads of it."""

    title: str
    household_id: UUID | None = None


def check_going_on(ended_at: datetime | None) -> None:
    """Refuse to end what is over."""
    if ended_at is not None:
        raise Refused("contact.ended", gettext_noop("This contact is over already."))


def check_unfollowed(*, followed: bool) -> None:
    """Refuse to hand over what somebody took over already."""
    if followed:
        raise Refused("contact.followed", gettext_noop("Somebody took it over already."))


def check_term(term: ContactTerm, today: date) -> None:
    """Refuse a contact that begins long before it is written down, or is over then."""
    if term.since < today - timedelta(days=MOST_BEFORE):
        raise Refused(
            "contact.long-ago",
            gettext_noop("Choose a day that is no more than %(days)s days ago."),
            days=MOST_BEFORE,
        )
    if term.until is not None and term.until < max(term.since, today):
        raise Refused(
            "contact.over",
            gettext_noop("The last day lies before the first, or is over already."),
        )


MOST_BEFORE = 366


def check_title(title: str) -> str:
    """What everybody reads of a household, without outer spaces; refused where it is empty."""
    words = title.strip()
    if not words:
        raise Refused(
            "contact.title", gettext_noop("Say in words that name nobody which household it is.")
        )
    return words[:TITLE]


def period_of(kind: str, day: date) -> tuple[date, date]:
    """The first and the last day of the period in which visits are counted: the week, from Monday
    on, of a community or grid; the month of a household."""
    if kind == ContactKind.HOUSEHOLD:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


STORIES: dict[str, str] = {
    "contact.assigned": gettext_noop("The cadre became the contact"),
    "contact.taken-over": gettext_noop("The cadre took the contact over"),
    "contact.ended": gettext_noop("The contact is over"),
}
"""What the journal's verbs say of a contact point."""

READINGS: dict[str, str] = {
    "contact.household-read": gettext_noop("The contact read whom it is about"),
    "contact.household-unmasked": gettext_noop("The community read whom it is about"),
}
"""What they say beside to who looks after the household."""

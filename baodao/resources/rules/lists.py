"""资源清单, 需求清单, 项目清单, 双向认领: what is said of each, and what is refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.resources.rules.lives import ListClaimState, ResourceReach

TITLE, TEXT, SHORT = 60, 500, 100
MOST_UNITS = 20
"""Units that may take one need together."""
MOST_TIMES = 366


@dataclass(frozen=True)
class ResourceFacts:
    """What a unit says of something that it can lend or give: of which kind, what, when, how much,
    under which conditions, whom to ask, and who may claim it."""

    kind: str
    title: str
    text: str = ""
    schedule: str = ""
    amount: str = ""
    conditions: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    reach: str = ResourceReach.PARTNER


@dataclass(frozen=True)
class ProjectFacts:
    """A project of a year: what it is, and how many activities it means to have, if said."""

    title: str
    text: str = ""
    activities: int | None = None


@dataclass(frozen=True)
class BookedTime:
    """From when until when a resource is wanted."""

    starts_at: datetime
    ends_at: datetime


def check_resource(facts: ResourceFacts, kinds: Collection[str]) -> None:
    """Refuse a resource without a name or a contact, and of a kind that is not offered."""
    if facts.kind not in kinds:
        raise Refused("resource.kind", gettext_noop("Choose a kind from the list."))
    if not facts.title.strip():
        raise Refused("resource.title", gettext_noop("Say what it is, in a few words."))
    if not facts.contact_name.strip() or not facts.contact_phone.strip():
        raise Refused(
            "resource.contact", gettext_noop("Name whom to ask, and under which telephone.")
        )


def check_booked(time: BookedTime, now: datetime) -> None:
    """Refuse a time that is over or ends before it begins."""
    if time.ends_at <= time.starts_at:
        raise Refused("list-claim.hours", gettext_noop("The end must be later than the start."))
    if time.starts_at <= now:
        raise Refused("list-claim.past", gettext_noop("Choose a time that is still to come."))


def check_ahead_of(time: BookedTime, now: datetime) -> None:
    """Refuse to agree to a time that has begun."""
    if time.starts_at <= now:
        raise Refused(
            "list-claim.begun",
            gettext_noop("The time that was claimed, %(when)s, has begun."),
            when=when_of(time.starts_at, time.ends_at),
        )


def check_unlent(lent_from: datetime | None, lent_until: datetime | None) -> None:
    """Refuse a time at which something is lent, from when until when it is."""
    if lent_from is not None:
        raise Refused(
            "list-claim.taken",
            gettext_noop("It is lent then, %(when)s; choose another time."),
            when=when_of(lent_from, lent_until),
        )


def check_once(state: str | None) -> None:
    """Refuse to claim what one has claimed: `state` is how that live claim stands, if any."""
    if state == ListClaimState.AGREED:
        raise Refused("list-claim.again", gettext_noop("It is agreed with you already."))
    if state is not None:
        raise Refused("list-claim.again", gettext_noop("You have claimed it; the answer is due."))


def check_on_list(units: int | None) -> None:
    """Refuse a need that stands on the list no more; `units` is how many it wants there."""
    if units is None:
        raise Refused(
            "list-claim.off-list",
            gettext_noop("The need is off the list: it has the help it waited for, or ended."),
        )


def check_takers(units: int, taken: int) -> None:
    """Refuse another unit where a need has as many as it wants."""
    if taken >= units:
        raise Refused(
            "list-claim.full",
            gettext_noop("As many units have taken this on as are wanted."),
        )


def check_units(units: int) -> None:
    """Refuse a number of units that nobody can mean."""
    if not 1 <= units <= MOST_UNITS:
        raise Refused(
            "need-call.units",
            gettext_noop("Enter a number of units from 1 to %(most)s."),
            most=MOST_UNITS,
        )


def check_ahead(ends_at: datetime | None, now: datetime) -> None:
    """Refuse to take back what was lent and is over: it stays as it was."""
    if ends_at is not None and ends_at <= now:
        raise Refused(
            "list-claim.over", gettext_noop("It is over and stays as it was; write what happened.")
        )


def check_project(facts: ProjectFacts, year: int, today: date) -> None:
    """Refuse a project without a name, of another year than this or the next."""
    if not facts.title.strip():
        raise Refused("project.title", gettext_noop("Say what the project is, in a few words."))
    if year not in (today.year, today.year + 1):
        raise Refused("project.year", gettext_noop("Choose this year or the next."))


def when_of(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """2026年7月4日 09:00–11:00, with the second day where there is one; empty where there are no
    hours. It stands in signed texts, so it has its year whenever it is read."""
    if starts_at is None or ends_at is None:
        return ""
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    day = f"{begins.year}年{begins.month}月{begins.day}日 {begins:%H:%M}"
    if ends.date() == begins.date():
        return f"{day}–{ends:%H:%M}"
    return f"{day}–{ends.year}年{ends.month}月{ends.day}日 {ends:%H:%M}"

"""Bookings of any kind: one of them, those that wait, the hours that are free, what may be done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.bookings.models import HourBooking
from baodao.bookings.rules.bookings import BOOKING, STORIES, BookingState
from baodao.bookings.rules.policies import AHEAD_DAYS, KEPT_DAYS
from baodao.kernel import clock, journal
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.hours import LEAD, FreeHour, OpenWeek, free_slots
from baodao.notices.queries.pending import PendingRows
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago, value_of
from baodao.orgs.queries.tree import standing_of
from baodao.ui.timelines import TimelineItem, timeline_items

B = TypeVar("B", bound=HourBooking)


def booking_of(rows: QuerySet[B], booking_id: UUID) -> B:
    """One of these. Raises `Absent`."""
    row = rows.filter(pk=booking_id).first()
    if row is None:
        raise Absent("booking")
    return row


def booking_by_code(rows: QuerySet[B], code: str) -> B:
    """The one with this code, for whoever knows it. Raises `Absent`."""
    row = rows.filter(code=code_in(code)).first()
    if row is None:
        raise Absent("booking")
    return row


def live_of(rows: QuerySet[B]) -> QuerySet[B]:
    """Those of which something is waited for, the soonest first."""
    return rows.filter(state__in=BOOKING.live).order_by("starts_at", "pk")


def waiting_of(rows: QuerySet[B]) -> QuerySet[B]:
    """Those that wait to be confirmed, the soonest first."""
    return rows.filter(state=BookingState.BOOKED).order_by("starts_at", "pk")


def ahead_of(rows: QuerySet[B]) -> QuerySet[B]:
    """Those that live and of which the hour has not begun."""
    return rows.filter(state__in=BOOKING.live, starts_at__gt=clock.now())


def keys_of(rows: QuerySet[B]) -> QuerySet[B, tuple[UUID]]:
    """Their keys, to be counted with others in one trip."""
    return rows.order_by().select_related(None).values_list("pk")


def free_hours(
    week: Callable[[date, date], OpenWeek],
    minutes: int,
    place: Organisation,
    rows: QuerySet[B],
    besides: UUID | None,
) -> list[FreeHour]:
    """The hours of `minutes` that are free, as far ahead as one books at a place: `rows` are the
    bookings of the same thing, `besides` one that moves, whose own hour does not count as taken;
    `week` tells its hours between two days."""
    today = clock.today()
    ahead = value_of(AHEAD_DAYS, standing_of(place))
    days = [today + timedelta(number) for number in range(ahead + 1)]
    taken = rows.filter(state__in=BOOKING.live, ends_at__gt=clock.now())
    taken = taken.exclude(pk=besides) if besides else taken
    hours = [FreeHour(*row) for row in taken.values_list("starts_at", "ends_at")]
    every = week(days[0], days[-1]).slots(days, minutes)
    return free_slots(every, hours, clock.now() + LEAD)


def story_of_booking(row: HourBooking, noun: str) -> list[TimelineItem]:
    """What happened to a booking that the caller may see."""
    words = {f"{noun}.{verb}": text for verb, text in STORIES.items()}
    return timeline_items(journal.timeline(row.pk), words)


def visitors_to_forget(rows: QuerySet[B], scope: str, known: Q) -> QuerySet[B]:
    """Those of long ago that still know who booked them: by the time that holds at the path
    `scope`; `known` is what else this kind knows."""
    before = days_ago(KEPT_DAYS, scope)
    still = ~Q(visitor="") | Q(phone_sealed__isnull=False) | ~Q(notes="") | known
    return rows.filter(still, ends_at__lt=before)


def by_words(*columns: str) -> Callable[[QuerySet[B], str], QuerySet[B]]:
    """A search in these columns and by the code; not by who booked."""

    def search(rows: QuerySet[B], words: str) -> QuerySet[B]:
        either = Q(code__iexact=words)
        for column in columns:
            either |= Q(**{f"{column}__icontains": words})
        return rows.filter(either)

    return search


def pending_of(model: type[HourBooking]) -> PendingRows:
    """For which rows a notice that asks for a confirmation still asks."""
    return lambda: model._default_manager.filter(pk=OuterRef("about"), state=BookingState.BOOKED)


def check_movable(row: HourBooking) -> None:
    """Refuse to move or cancel it once its hour has begun, or it is over."""
    BOOKING.check(row.state, *BOOKING.live)
    if row.is_past:
        raise Refused("booking.begun", gettext_noop("Its hour has begun. Book another one."))


def check_reachable(row: HourBooking) -> None:
    """Refuse to ask for a telephone where none was left, or was taken back."""
    if not row.phone_sealed:
        raise Refused("need.no-number", gettext_noop("No telephone was left."))


def check_free(free: object) -> None:
    """Refuse to book where no hour is free."""
    if not free:
        raise Refused(
            "booking.full", gettext_noop("Every hour is taken at present. Look again tomorrow.")
        )

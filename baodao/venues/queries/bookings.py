"""Bookings of rooms: of who keeps the place, of who booked, and one by its code."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.alliance.rules.policies import KEPT_DAYS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.ui.timelines import TimelineItem, timeline_items
from baodao.venues.models import RoomBooking
from baodao.venues.rules.bookings import ROOM_BOOKING, STORIES, RoomBookingState
from baodao.venues.rules.venues import KEEPERS

Bookings = QuerySet[RoomBooking]


def booking_rows() -> Bookings:
    """Every booking with what pages show of it, for this slice."""
    return RoomBooking.objects.select_related(
        "organisation", "room__venue__organisation", "person", "unit"
    )


def bookings(actor: Actor) -> Bookings:
    """Those of the places that the actor keeps, closed ones too."""
    rows = booking_rows().none()
    for permission, kinds in KEEPERS.items():
        level = booking_rows().filter(room__venue__organisation__kind__in=kinds)
        rows = rows | within(level, actor, permission, "room__venue__organisation__path")
    return rows


def bookings_in(actor: Actor, place: Organisation) -> Bookings:
    """Those of a place and below that the actor keeps."""
    return bookings(actor).filter(room__venue__organisation__path__startswith=place.path)


def to_confirm(actor: Actor, place: Organisation) -> Bookings:
    """Those that wait and are ahead, the soonest first."""
    rows = bookings_in(actor, place).filter(state=RoomBookingState.BOOKED)
    return rows.filter(starts_at__gt=clock.now()).order_by("starts_at", "pk")


def booking_of(actor: Actor, booking_id: UUID) -> RoomBooking:
    """One that the actor looks after. Raises `Absent`."""
    row = bookings(actor).filter(pk=booking_id).first()
    if row is None:
        raise Absent("booking")
    return row


def own_bookings(actor: Actor) -> Bookings:
    """The actor's own that are ahead, the soonest first."""
    return own(_ahead(), actor).filter(unit=None)


def unit_bookings(unit: Organisation) -> Bookings:
    """Those of a unit that are ahead, for whoever may act for it."""
    return _ahead().filter(unit__path__startswith=unit.path)


def _ahead() -> Bookings:
    rows = booking_rows().filter(state__in=ROOM_BOOKING.live, ends_at__gt=clock.now())
    return rows.order_by("starts_at", "pk")


def booking_by_code(code: str) -> RoomBooking:
    """The booking with this code, for whoever knows it. Raises `Absent`."""
    row = booking_rows().filter(code=code_in(code)).first()
    if row is None:
        raise Absent("booking")
    return row


def story_of_booking(row: RoomBooking) -> list[TimelineItem]:
    """What happened to a booking that the caller may see."""
    return timeline_items(journal.timeline(row.pk), STORIES)


def visitors_to_forget() -> Bookings:
    """Bookings of long ago that still know who booked them."""
    before = days_ago(KEPT_DAYS, "organisation__path")
    known = ~Q(visitor="") | Q(phone_sealed__isnull=False) | ~Q(notes="") | Q(person__isnull=False)
    return booking_rows().filter(known, ends_at__lt=before)


def found_by_words(rows: Bookings, words: str) -> Bookings:
    """By the place, the room or the code; not by who booked it."""
    return rows.filter(
        Q(room__title__icontains=words)
        | Q(room__venue__name__icontains=words)
        | Q(code__iexact=words)
    )


def room_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many wait in a community to be confirmed."""
    return _TO_CONFIRM.number(actor, community)


def _to_confirm(actor: Actor, community: Organisation) -> QuerySet[RoomBooking, tuple[UUID]]:
    return to_confirm(actor, community).order_by().select_related(None).values_list("pk")


_TO_CONFIRM = Prepared(_to_confirm)


def check_reachable(row: RoomBooking) -> None:
    """Refuse to ask for a telephone where none was left, or was taken back."""
    if not row.phone:
        raise Refused("need.no-number", gettext_noop("No telephone was left."))


def check_movable(row: RoomBooking) -> None:
    """Refuse to move or cancel it once its hour has begun, or it is over."""
    ROOM_BOOKING.check(row.state, *ROOM_BOOKING.live)
    if is_past(row):
        raise Refused("room.begun", gettext_noop("Its hour has begun. Book another one."))


def is_past(row: RoomBooking) -> bool:
    """Whether its hour has begun."""
    return row.starts_at <= clock.now()


PENDING: dict[str, PendingRows] = {
    "room-booked": lambda: RoomBooking.objects.filter(
        pk=OuterRef("about"), state=RoomBookingState.BOOKED
    ),
}
"""For which rows notices ask."""

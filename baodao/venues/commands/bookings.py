"""Rooms: booked by residents, members and units or for them, confirmed, moved, cancelled.

Order of locks: the place, the room, then the booking.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from baodao.alliance.rules.appointments import (
    BY_HAND,
    NOT_NEEDED,
    BookingFacts,
    BookingWay,
    check_booking,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.hours import check_slot
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.stages import move
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.partnership.queries import require_unit
from baodao.ui.wording import span_words
from baodao.venues.models import RoomBooking, Venue, VenueRoom
from baodao.venues.queries.bookings import (
    Bookings,
    booking_by_code,
    booking_of,
    booking_rows,
    bookings,
    check_movable,
    check_reachable,
    visitors_to_forget,
)
from baodao.venues.queries.venues import (
    free_of,
    home_of_member,
    home_of_unit,
    room_at,
    room_near,
    room_of,
    room_rows,
    venue_by_token,
)
from baodao.venues.rules.bookings import ROOM_BOOKING, RoomBookingState
from baodao.venues.rules.notices import OF_UNIT, OWN

FORGOTTEN: dict[str, object] = {
    "visitor": "",
    "phone_sealed": None,
    "consent": "",
    "notes": "",
    "person": None,
}


@dataclass(frozen=True)
class Booker:
    """Whose a booking is: a member's, a unit's, or of nobody who has an account."""

    person_id: UUID | None = None
    unit: Organisation | None = None


@command
def book_room(actor: Actor, *, token: str, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """Book on the public page of a place. It is nobody's account that books, even of somebody
    signed in. Raises `Absent`."""
    room = room_at(venue_by_token(token), room_id)
    who = NOBODY if actor.account_id else actor
    return _book(who, room, replace(facts, way=BookingWay.LINK), Booker())


@command
def book_by_hand(actor: Actor, *, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """Book for somebody at the window or on the telephone; who keeps the place has confirmed it by
    that."""
    room = room_of(actor, room_id)
    if facts.way not in BY_HAND:
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))
    row = _book(actor, room, facts, Booker())
    return _confirm(actor, row)


@command
def book_for_oneself(actor: Actor, *, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """A member books a room of where they serve, or above. Raises `Absent`."""
    room = room_near(home_of_member(actor), room_id)
    return _book(actor, room, replace(facts, way=BookingWay.LINK), Booker(actor.person_id))


@command
def book_for_unit(actor: Actor, *, unit_id: int, room_id: UUID, facts: BookingFacts) -> RoomBooking:
    """A unit books a room of its partner community, or above. Raises `Absent`."""
    unit = require_unit(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_id)
    room = room_near(home_of_unit(unit), room_id)
    return _book(actor, room, replace(facts, way=BookingWay.LINK), Booker(unit=unit))


def _book(actor: Actor, room: VenueRoom, facts: BookingFacts, booker: Booker) -> RoomBooking:
    """Who books at once waits at the room: the second finds the hour taken."""
    keeper = standing_of(room.venue.organisation)
    check_open(keeper)
    lock(Venue.objects.all(), room.venue_id)
    room = lock(room_rows(), room.pk)
    clean = check_booking(facts, at_home=False)
    slot = check_slot(clean.starts_at, free_of(room))
    row = RoomBooking(
        code=fresh_code(),
        organisation=keeper,
        room=room,
        person_id=booker.person_id,
        unit=booker.unit,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        way=clean.way,
        visitor=clean.visitor,
        consent=clean.consent,
        notes=clean.notes,
        booked_at=clock.now(),
        booked_by=actor.name,
        **RoomBooking.phone.columns(clean.phone),
    )
    _save(row)
    journal.write(actor, "room.booked", row.pk, keeper.pk, when=_when(row))
    if clean.way not in BY_HAND:
        _tell_keeper("room-booked", row)
    return row


def _save(row: RoomBooking, *columns: str) -> None:
    """Keep the hour; refused where the database holds another at it."""
    try:
        with transaction.atomic():
            row.save(update_fields=columns or None)
    except IntegrityError as error:
        if not is_double(error):
            raise
        check_slot(row.starts_at, ())


def _when(row: RoomBooking) -> str:
    return span_words(row.starts_at, row.ends_at)


def _tell_keeper(kind: str, row: RoomBooking) -> None:
    keeper = standing_of(row.room.venue.organisation)
    to = keeper.parent_id if keeper.kind == "grid" else keeper.pk
    facts = {"title": row.title, "when": _when(row)}
    announce([Message(kind, organisation_id=to, about=row.pk, facts=facts)])


def tell_booker(kind: str, row: RoomBooking, **more: str) -> None:
    """Who booked with an account; others read it under their code."""
    facts = {"title": row.title, "when": _when(row), **more}
    if row.unit_id is not None:
        to = Message(kind, organisation_id=row.unit_id, about=row.pk, url=OF_UNIT, facts=facts)
        announce([to])
    elif row.person_id is not None:
        announce([Message(kind, person_id=row.person_id, about=row.pk, url=OWN, facts=facts)])


@command
def confirm_booking(actor: Actor, *, booking_id: UUID) -> RoomBooking:
    """Who keeps the place lends the room."""
    row = lock(bookings(actor), booking_id)
    ROOM_BOOKING.check(row.state, RoomBookingState.BOOKED)
    _confirm(actor, row)
    tell_booker("room-confirmed", row)
    return row


def _confirm(actor: Actor, row: RoomBooking) -> RoomBooking:
    move([row], RoomBookingState.AGREED, clock.now(), confirmed_at=clock.now())
    journal.write(actor, "room.confirmed", row.pk, row.organisation_id)
    return row


@command
def move_booking(actor: Actor, *, code: str, starts_at: datetime) -> RoomBooking:
    """Whoever knows the code takes another hour that is free; it is confirmed anew. Raises
    `Absent`."""
    room = lock(room_rows(), booking_by_code(code).room_id)
    row = lock(booking_rows(), booking_by_code(code).pk)
    check_movable(row)
    slot = check_slot(starts_at, free_of(room, besides=row.pk))
    row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
    row.state, row.confirmed_at = RoomBookingState.BOOKED, None
    _save(row, "starts_at", "ends_at", "state", "confirmed_at")
    who = NOBODY if actor.account_id else actor
    journal.write(who, "room.moved", row.pk, row.organisation_id, when=_when(row))
    _tell_keeper("room-booked", row)
    return row


@command
def cancel_by_code(actor: Actor, *, code: str) -> RoomBooking:
    """Whoever knows the code needs it no more; the hour is free again. Raises `Absent`."""
    row = lock(booking_rows(), booking_by_code(code).pk)
    check_movable(row)
    _cancel(NOBODY if actor.account_id else actor, row, NOT_NEEDED)
    _tell_keeper("room-given-back", row)
    return row


@command
def cancel_booking(actor: Actor, *, booking_id: UUID, reason: str) -> RoomBooking:
    """Who keeps the place cannot lend it; who booked is told why, or reads it under their code."""
    row = lock(bookings(actor), booking_id)
    check_movable(row)
    _cancel(actor, row, check_reason(reason))
    tell_booker("room-cancelled", row, reason=row.why)
    return row


def _cancel(actor: Actor, row: RoomBooking, reason: str) -> None:
    now = clock.now()
    move([row], RoomBookingState.CANCELLED, now, ended_at=now, reason=reason)
    journal.write(actor, "room.cancelled", row.pk, row.organisation_id)


def cancel_ahead(actor: Actor, rows: Bookings, reason: str) -> int:
    """Cancel these that live and are ahead, and tell who booked; how many. Part of the command that
    closes the place or the room."""
    ahead = rows.filter(state__in=ROOM_BOOKING.live, starts_at__gt=clock.now())
    locked = list(ahead.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for row in locked:
        _cancel(actor, row, reason)
        tell_booker("room-cancelled", row, reason=row.why)
    return len(locked)


@command
def withdraw_visitor(actor: Actor, *, code: str) -> RoomBooking:
    """Whoever knows the code takes back name, telephone and what they wrote. Raises `Absent`."""
    row = lock(booking_rows(), booking_by_code(code).pk)
    kept = {name: value for name, value in FORGOTTEN.items() if name != "person"}
    RoomBooking.objects.filter(pk=row.pk).update(**kept)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "room.contact-forgotten", row.pk, row.organisation_id)
    return booking_by_code(code)


@command
def forget_visitors(actor: Actor) -> int:
    """Forget who booked what was long ago; how many. Anybody may: what may be kept is not decided
    by who asks."""
    old = visitors_to_forget().select_for_update(of=("self",), no_key=True)
    rows = list(old.order_by("pk"))
    RoomBooking.objects.filter(pk__in=[row.pk for row in rows]).update(**FORGOTTEN)
    acts = [journal.Act("room.contact-forgotten", row.pk, row.organisation_id) for row in rows]
    journal.write_many(actor, acts)
    return len(rows)


@command
def unmask_visitor(actor: Actor, *, booking_id: UUID, reason: str) -> str:
    """The telephone in clear, for who keeps the place; what for stands in the journal."""
    row = booking_of(actor, booking_id)
    check_reachable(row)
    words = check_purpose(reason)
    journal.write(actor, "room.unmasked", row.pk, row.organisation_id, reason=words)
    return row.phone

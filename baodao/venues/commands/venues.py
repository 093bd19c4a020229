"""Places: opened, put right, closed; their rooms and windows; days that differ."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from baodao.bookings.commands.bookings import cancel_all
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.orgs.queries.tree import check_open, places
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands.bookings import ROOMS
from baodao.venues.models import Venue, VenueDay, VenueRoom, VenueWindow
from baodao.venues.queries.bookings import Bookings, booking_rows
from baodao.venues.queries.venues import kept_rooms, kept_venues, kept_windows, week_of
from baodao.venues.rules.venues import (
    CLOSED,
    NO_ROOM,
    OtherDays,
    RoomFacts,
    VenueFacts,
    WindowFacts,
    check_days,
    check_room,
    check_venue,
    check_window,
    keeper_permission,
)


@command
def add_venue(actor: Actor, *, organisation_id: int, kind: Kind, facts: VenueFacts) -> Venue:
    """Open a place of an authority, a community or a grid; `kind` is which of them. Raises
    `Absent`."""
    rows = within(places(kind), actor, keeper_permission(kind), "path")
    organisation = lock(rows, organisation_id)
    check_open(organisation)
    row = Venue.objects.create(organisation=organisation, opened_at=clock.now(), **_columns(facts))
    journal.write(actor, "venue.opened", row.pk, organisation.pk, name=row.name)
    return row


def _columns(facts: VenueFacts) -> dict[str, object]:
    clean = check_venue(facts)
    return {**asdict(clean), "weekly": list(clean.weekly)}


def _kept(actor: Actor, venue_id: UUID) -> Venue:
    return lock(kept_venues(actor), venue_id)


@command
def edit_venue(actor: Actor, *, venue_id: UUID, facts: VenueFacts) -> Venue:
    """Put right what is said of it and its hours; what is booked stays as it is."""
    row, kept = _kept(actor, venue_id), _columns(facts)
    for name, value in kept.items():
        setattr(row, name, value)
    row.save(update_fields=list(kept))
    journal.write(actor, "venue.edited", row.pk, row.organisation_id, name=row.name)
    return row


@command
def renew_venue(actor: Actor, *, venue_id: UUID) -> Venue:
    """Give its public page a new address; the old poster leads nowhere then."""
    row = _kept(actor, venue_id)
    row.token = Venue._meta.get_field("token").get_default()
    row.save(update_fields=["token"])
    journal.write(actor, "venue.renewed", row.pk, row.organisation_id, name=row.name)
    return row


@command
def end_venue(actor: Actor, *, venue_id: UUID) -> Venue:
    """It is closed for good: what is booked there is cancelled, and who booked is told."""
    row = _kept(actor, venue_id)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    cancel_all(actor, ROOMS, booking_rows().filter(room__venue=row), CLOSED)
    journal.write(actor, "venue.closed", row.pk, row.organisation_id, name=row.name)
    return row


@command
def set_days(actor: Actor, *, venue_id: UUID, other: OtherDays) -> int:
    """Say at which hours it is open on some days, or that it is closed, and why. What was booked at
    hours that are left out is cancelled with that reason; returns how many."""
    row, clean = _kept(actor, venue_id), check_days(other, clock.today())
    for on in clean.days:
        words = {"hours": clean.hours, "reason": clean.reason}
        VenueDay.objects.update_or_create(venue=row, on=on, defaults=words)
    facts = {"on": clean.first.isoformat(), "until": clean.last.isoformat()}
    journal.write(actor, "venue.days-set", row.pk, row.organisation_id, **facts)
    return cancel_all(actor, ROOMS, _left_out(row, clean), clean.reason)


def _left_out(venue: Venue, other: OtherDays) -> Bookings:
    """What is booked on these days at hours at which it is not open."""
    since, until = clock.midnight(other.first), clock.end_of(other.last)
    here = booking_rows().filter(room__venue=venue, starts_at__gte=since, starts_at__lt=until)
    week, fits = week_of(venue), Q()
    for on in other.days:
        for span in week.spans(on):
            fits |= Q(starts_at__gte=span.starts_at, ends_at__lte=span.ends_at)
    return here.exclude(fits) if fits else here


@command
def remove_day(actor: Actor, *, venue_id: UUID, on: date) -> Venue:
    """Let the hours of the week hold on a day again."""
    row = _kept(actor, venue_id)
    VenueDay.objects.filter(venue=row, on=on).delete()
    journal.write(actor, "venue.day-removed", row.pk, row.organisation_id, on=on.isoformat())
    return row


@command
def add_room(actor: Actor, *, venue_id: UUID, facts: RoomFacts) -> VenueRoom:
    """Let a room of the place be booked from now on."""
    venue, kept = _kept(actor, venue_id), asdict(check_room(facts))
    room = VenueRoom.objects.create(venue=venue, opened_at=clock.now(), **kept)
    journal.write(actor, "venue.room-added", venue.pk, venue.organisation_id, title=room.title)
    return room


@command
def edit_room(actor: Actor, *, room_id: UUID, facts: RoomFacts) -> VenueRoom:
    """Put right what is said of a room; what is booked stays as it is."""
    room, kept = lock(kept_rooms(actor), room_id), asdict(check_room(facts))
    for name, value in kept.items():
        setattr(room, name, value)
    room.save(update_fields=list(kept))
    scope = room.venue.organisation_id
    journal.write(actor, "venue.room-edited", room.venue_id, scope, title=room.title)
    return room


@command
def end_room(actor: Actor, *, room_id: UUID) -> VenueRoom:
    """A room is lent no more: what is booked is cancelled, and who booked is told."""
    room = lock(kept_rooms(actor), room_id)
    room.ended_at = clock.now()
    room.save(update_fields=["ended_at"])
    cancel_all(actor, ROOMS, booking_rows().filter(room=room), NO_ROOM)
    scope = room.venue.organisation_id
    journal.write(actor, "venue.room-ended", room.venue_id, scope, title=room.title)
    return room


@command
def add_window(actor: Actor, *, venue_id: UUID, facts: WindowFacts) -> VenueWindow:
    """Say which window serves what."""
    venue, kept = _kept(actor, venue_id), asdict(check_window(facts))
    window = VenueWindow.objects.create(venue=venue, opened_at=clock.now(), **kept)
    journal.write(actor, "venue.window-added", venue.pk, venue.organisation_id, title=window.title)
    return window


@command
def edit_window(actor: Actor, *, window_id: UUID, facts: WindowFacts) -> VenueWindow:
    """Put right what a window does."""
    window, kept = lock(kept_windows(actor), window_id), asdict(check_window(facts))
    for name, value in kept.items():
        setattr(window, name, value)
    window.save(update_fields=list(kept))
    scope = window.venue.organisation_id
    journal.write(actor, "venue.window-edited", window.venue_id, scope, title=window.title)
    return window


@command
def end_window(actor: Actor, *, window_id: UUID) -> VenueWindow:
    """A window serves no more."""
    window = lock(kept_windows(actor), window_id)
    window.ended_at = clock.now()
    window.save(update_fields=["ended_at"])
    scope = window.venue.organisation_id
    journal.write(actor, "venue.window-ended", window.venue_id, scope, title=window.title)
    return window

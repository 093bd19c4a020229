"""Places as those who keep them and all others see them; when they are open, which hours are
free."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from baodao.bookings.queries.bookings import free_hours
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.hours import FreeHour, OpenWeek
from baodao.kernel.scope import within
from baodao.needs.queries.answers import PublicOffer
from baodao.offers.queries.answers import announced
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State
from baodao.venues.models import RoomBooking, Venue, VenueDay, VenueRoom, VenueWindow
from baodao.venues.rules.venues import KEEPERS

Venues = QuerySet[Venue]
NEXT_DAYS = 30
"""Days in which the next opening is looked for."""


def venue_rows() -> Venues:
    """Every place that is there now, for this slice."""
    return Venue.objects.select_related("organisation__parent").filter(ended_at=None)


def kept_venues(actor: Actor) -> Venues:
    """Those that the actor keeps: of the levels that their rights are for."""
    rows = venue_rows().none()
    for permission, kinds in KEEPERS.items():
        level = venue_rows().filter(organisation__kind__in=kinds)
        rows = rows | within(level, actor, permission, "organisation__path")
    return rows


def kept_in(actor: Actor, place: Organisation) -> Venues:
    """Those of a place and below that the actor keeps, from the top down."""
    rows = kept_venues(actor).filter(organisation__path__startswith=place.path)
    return with_parts(rows).order_by("organisation__path", "opened_at", "pk")


def venue_of(actor: Actor, venue_id: UUID) -> Venue:
    """One that the actor keeps. Raises `Absent`."""
    row = with_parts(kept_venues(actor)).filter(pk=venue_id).first()
    if row is None:
        raise Absent("venue")
    return row


def with_parts(rows: Venues) -> Venues:
    """Places with the rooms and windows that are there now, as `lent` and `serving`."""
    rooms = VenueRoom.objects.filter(ended_at=None).order_by("opened_at", "pk")
    windows = VenueWindow.objects.filter(ended_at=None).order_by("opened_at", "pk")
    return rows.prefetch_related(
        Prefetch("rooms", rooms, to_attr="lent"), Prefetch("windows", windows, to_attr="serving")
    )


def venues_near(place: Organisation) -> Venues:
    """Those that all may use who belong to a place: its own, its grids', and those above it, the
    nearest first."""
    parts = place.path.split(".")[:-1]
    above = [".".join(parts[:number]) + "." for number in range(1, len(parts))]
    near = Q(organisation__path__startswith=place.path) | Q(organisation__path__in=above)
    return with_parts(venue_rows().filter(near)).order_by("-organisation__path", "opened_at", "pk")


def venue_by_token(token: str) -> Venue:
    """The place with this public address. Raises `Absent`, too, once it is closed for good."""
    row = with_parts(venue_rows()).filter(token=token).first()
    if row is None:
        raise Absent("venue")
    return row


def room_rows() -> QuerySet[VenueRoom]:
    """Every room that is lent now, for this slice."""
    rows = VenueRoom.objects.select_related("venue__organisation")
    return rows.filter(ended_at=None, venue__ended_at=None)


def kept_rooms(actor: Actor) -> QuerySet[VenueRoom]:
    """Rooms of the places that the actor keeps."""
    return room_rows().filter(venue__in=kept_venues(actor))


def kept_windows(actor: Actor) -> QuerySet[VenueWindow]:
    """Windows of the places that the actor keeps."""
    rows = VenueWindow.objects.select_related("venue__organisation")
    return rows.filter(ended_at=None, venue__in=kept_venues(actor))


def room_of(actor: Actor, room_id: UUID) -> VenueRoom:
    """One of the rooms that the actor keeps. Raises `Absent`."""
    row = kept_rooms(actor).filter(pk=room_id).first()
    if row is None:
        raise Absent("room")
    return row


def window_of(actor: Actor, window_id: UUID) -> VenueWindow:
    """One of the windows that the actor keeps. Raises `Absent`."""
    row = kept_windows(actor).filter(pk=window_id).first()
    if row is None:
        raise Absent("window")
    return row


def room_at(venue: Venue, room_id: UUID) -> VenueRoom:
    """A room of a place, for all to see. Raises `Absent`."""
    row = room_rows().filter(venue=venue, pk=room_id).first()
    if row is None:
        raise Absent("room")
    return row


def room_near(place: Organisation, room_id: UUID) -> VenueRoom:
    """A room that those of a place may use. Raises `Absent`."""
    row = room_rows().filter(venue__in=venues_near(place).order_by(), pk=room_id).first()
    if row is None:
        raise Absent("room")
    return row


def days_that_differ(venue: Venue) -> QuerySet[VenueDay]:
    """Days from today on whose hours differ from those of the week."""
    return VenueDay.objects.filter(venue=venue, on__gte=clock.today()).order_by("on")


def week_of(venue: Venue) -> OpenWeek:
    """Its hours from today on."""
    days: Mapping[date, str] = dict(days_that_differ(venue).values_list("on", "hours"))
    return OpenWeek(venue.weekly, days)


@dataclass(frozen=True)
class Opening:
    """Whether a place is open: until when, else from when again; `reason`: why today differs."""

    until: FreeHour | None
    following: FreeHour | None
    reason: str


def opening_of(venue: Venue) -> Opening:
    """How it stands at this instant."""
    now, today, week = clock.now(), clock.today(), week_of(venue)
    days = [today + timedelta(number) for number in range(NEXT_DAYS)]
    differs = VenueDay.objects.filter(venue=venue, on=today).first()
    reason = differs.reason if differs else ""
    return Opening(week.open_at(now), week.next_after(now, days), reason)


def free_of(room: VenueRoom, besides: UUID | None = None) -> list[FreeHour]:
    """The hours at which a room is free; `besides` is a booking that moves."""
    rows = RoomBooking.objects.filter(room=room)
    place = room.venue.organisation
    return free_hours(lambda *_: week_of(room.venue), room.minutes, place, rows, besides)


def offered_at(venue: Venue) -> list[PublicOffer]:
    """What is offered at a place this month, for all to see: posts and activities of its community
    whose place names it."""
    here = venue.organisation
    community = here.parent if here.kind == Kind.GRID and here.parent else here
    return [one for one in announced(standing_of(community)) if venue.name in one.place]


def member_home(actor: Actor) -> Organisation | None:
    """The community in which the actor is registered now."""
    row = own_registration(actor)
    return standing_of(row.community) if row and row.state == State.ACCEPTED else None


def home_of_member(actor: Actor) -> Organisation:
    """The same, for who books there. Raises `Absent` where there is none."""
    home = member_home(actor)
    if home is None:
        raise Absent("registration")
    return home


def home_of_unit(unit: Organisation) -> Organisation:
    """The partner community of a unit; without one the authority that manages it."""
    return partner_community(unit) or unit.parent or unit

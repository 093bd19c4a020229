"""Places when their organisation is merged, dissolved or given up, and when that is undone."""

from baodao.bookings.rules.bookings import BookingFacts
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands.bookings import book_for_oneself
from baodao.venues.commands.venues import add_venue
from baodao.venues.models import Venue
from baodao.venues.queries.venues import kept_in, kept_venues
from tests.alliance.steps import hour
from tests.offers.steps import registered
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import text
from tests.teams.steps import signed_in
from tests.venues.steps import STATION, booked, fresh, room
from tests.world import World


def test_with_a_successor_places_go_on_and_what_is_booked_stays(world: World) -> None:
    row = room(world)
    one = booked(row)
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert list(kept_in(world.actor("bao"), world.bridge)) == [row.venue]
    assert (fresh(one).state, fresh(one).organisation) == ("booked", world.willow)


def test_without_one_they_close_and_stand_again_when_that_is_undone(world: World) -> None:
    [actor] = registered(world, 1)
    row = room(world)
    one = booked(row)
    facts = BookingFacts(hour(2), notes="读书会")
    mine = book_for_oneself(actor, room_id=row.pk, facts=facts)
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert (fresh(one).state, kept_venues(world.actor("an")).count()) == ("cancelled", 0)
    told = Notice.objects.get(kind="room-cancelled")
    assert (told.person_id, told.about) == (actor.person_id, mine.pk)
    page = signed_in(actor).get(told.url)
    assert (page.status_code, "报到" in text(page)) == (200, True)
    undone(world, act)
    assert [fresh(booking).state for booking in (one, mine)] == ["booked", "booked"]
    assert Venue.objects.get(pk=row.venue_id).ended_at is None


def test_the_places_of_a_grid_that_is_given_up_go_to_its_community(world: World) -> None:
    an = world.actor("an")
    row = add_venue(an, organisation_id=world.grid.pk, kind=Kind.GRID, facts=STATION)
    done(world, world.grid, Aim(Reform.DISSOLVED))
    assert list(kept_in(an, world.willow)) == [row]
    assert Venue.objects.get(pk=row.pk).organisation == world.willow

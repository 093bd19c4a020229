"""What becomes of pairings when who helps leaves or dies, or a community or unit is taken over."""

from datetime import timedelta

import pytest

from baodao.agenda.commands.services import read_contact
from baodao.claims.commands.claims import claim_for
from baodao.claims.commands.decisions import decide_claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.offers.models import Offer
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.pairings.commands import pairings as commands
from baodao.pairings.queries.pairings import own_pairings, pairings_in, pairings_of_unit
from baodao.pairings.queries.visits import visits_of
from baodao.people.commands.departures import end_membership
from baodao.people.rules.departures import Ending
from baodao.registration.commands import departures
from baodao.registration.models import Registration
from baodao.registration.rules.states import EndReason
from tests import factories
from tests.offers import steps as offered
from tests.orders import steps as orders
from tests.orders.steps import partner
from tests.orgs.test_reorganisations import done, undone
from tests.pairings import steps
from tests.world import World


def by_unit(world: World, offer: Offer) -> Claim:
    """Deng's unit takes it on with Chen, who visits."""
    partner(world)
    chen = offered.chen(world)
    claim = claim_for(
        world.actor("deng"),
        offer_id=offer.pk,
        organisation_id=world.bureau.pk,
        person_ids=[chen.person_id] if chen.person_id else [],
    )
    assert decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True).done
    return offered.fresh(claim)


def test_who_visits_for_a_unit_reads_the_entry_and_tells_of_visits(world: World) -> None:
    offer = steps.pairing(world)
    claim, chen, deng = by_unit(world, offer), world.actor("chen"), world.actor("deng")
    assert commands.read_own_household(chen, claim_id=claim.pk) == steps.WANG
    with pytest.raises(Absent):
        commands.read_own_household(deng, claim_id=claim.pk)
    steps.confirmed(world, steps.visited(chen, claim))
    [(ours, row)] = pairings_of_unit(deng, world.bureau).items()
    assert (ours.servers, row.visited_on) == ("陈晓宇", steps.days(0))


@pytest.mark.parametrize("ending", [Ending.LEFT, Ending.DIED])
def test_who_leaves_or_dies_reads_nothing_and_the_household_waits_for_another(
    world: World, ending: Ending
) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim))
    deng, person_id = world.actor("deng"), claim.person_id
    assert person_id
    end_membership(deng, person_id=person_id, ending=ending, on=clock.today())
    assert own_pairings(helper) == {}
    with pytest.raises(Absent):
        commands.read_own_household(helper, claim_id=claim.pk)
    row = steps.row_of(world, offer)
    assert (row.stage, row.visited_on, len(visits_of(row))) == ("open", steps.days(0), 1)


def test_who_moved_away_reads_nothing_from_that_moment_on(world: World) -> None:
    """Also of an order, and before the night in which their claims end."""
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    order = orders.dispatched(world, orders.ordered(world, orders.item(world)))
    [taken] = offered.claimed(order, helper)
    assert read_contact(helper, claim_id=taken.pk)
    mine = Registration.objects.get(person=world.people["chen"], state="accepted")
    deng, there = world.actor("deng"), world.cloud.pk
    departures.transfer(deng, registration_id=mine.pk, community_id=there, reason="搬家")
    with pytest.raises(Refused, match=r"claim\.departed"):
        commands.read_own_household(helper, claim_id=claim.pk)
    with pytest.raises(Refused, match=r"claim\.departed"):
        read_contact(helper, claim_id=taken.pk)


def test_who_moved_away_tells_of_visits_until_that_day_and_of_no_later_one(world: World) -> None:
    """Before the night in which their claim ends, and not written down as of one after it."""
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    mine = Registration.objects.get(person=world.people["chen"], state="accepted")
    ended = {"registration_id": mine.pk, "reason": EndReason.MOVED, "ended_on": steps.days(2)}
    with clock.at(clock.now() + timedelta(days=3)):
        departures.end(world.actor("an"), **ended)
        with pytest.raises(Refused, match=r"pairing\.left"):
            steps.visited(helper, claim)
        told = steps.visited(helper, claim, steps.days(-1))
    assert (told.community, told.served_on) == (world.willow, steps.days(2))


def test_who_takes_a_community_over_has_its_pairings_and_reads_their_entries(
    world: World,
) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim))
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    bao = world.actor("bao")
    [row] = pairings_in(bao, world.bridge)
    assert (row.pk, row.stage, len(visits_of(row))) == (offer.pk, "going", 1)
    assert commands.read_household(bao, offer_id=offer.pk, reason="接管后上门走访") == steps.WANG
    assert commands.read_own_household(helper, claim_id=claim.pk) == steps.WANG
    with clock.at(clock.now() + timedelta(days=1)):
        steps.visited(helper, claim, result="接管之后再去看望")
    commands.pass_on(bao, claim_id=claim.pk, reason="换人")
    commands.end_pairing(bao, offer_id=offer.pk, reason="moved")


def test_a_community_is_not_dissolved_before_its_pairings_are_ended(world: World) -> None:
    steps.pairing(world)
    with pytest.raises(Refused):
        done(world, world.willow, Aim(Reform.DISSOLVED))


def test_who_takes_a_unit_over_has_its_pairings_until_that_is_undone(world: World) -> None:
    world.accounts["he"] = factories.account("何秘", Role.UNIT_SECRETARY, world.commission)
    claim = by_unit(world, steps.pairing(world))
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    he = world.actor("he")
    assert [row.pk for row in pairings_of_unit(he, world.commission)] == [claim.pk]
    assert commands.read_own_household(world.actor("chen"), claim_id=claim.pk) == steps.WANG
    undone(world, act)
    assert pairings_of_unit(he, world.commission) == {}
    assert [row.pk for row in pairings_of_unit(world.actor("deng"), world.bureau)] == [claim.pk]

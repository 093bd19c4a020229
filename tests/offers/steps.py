"""Short ways to offers and claims, for tests that begin in the middle."""

from datetime import datetime, timedelta
from typing import Any

from baodao.accounts.models import Account
from baodao.claims.commands import claims
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.commands import offers
from baodao.offers.kinds.registry import kind_of
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.orgs.models import Organisation
from baodao.pairings.commands.pairings import describe_household
from baodao.people.models import Person
from baodao.registration.commands import arrivals, letters, presentations
from baodao.residents.rules.entries import HouseholdEntry
from tests import factories
from tests.registration import steps as road
from tests.world import World

NEXT_WEEK = timedelta(days=7)


def hour(days: int = 7, at: int = 9) -> datetime:
    """An hour of a coming (or past) day on the clocks of China."""
    return clock.midnight(clock.today() + timedelta(days=days)) + timedelta(hours=at)


def facts(code: str = "activity", **told: Any) -> OfferFacts:
    """Places in an offer of a kind, of two hours in a week where it has hours."""
    kind = kind_of(code)
    base: dict[str, Any] = {
        "kind": kind, "title": "楼道清洁" if kind.timed else "法律咨询岗",
        "category": "environment", "places": 1 if kind.pairs else 3, "place": "3号楼前",
        "approval": kind.approval,
    }  # fmt: skip
    if kind.timed:
        base |= {"starts_at": hour(), "ends_at": hour(at=11)}
    else:
        base |= {"schedule": "每周六 9:00–11:00"}
    return OfferFacts(**base | told)


def published(world: World, kind: str = "activity", **told: Any) -> Offer:
    """Offered by An in her community."""
    an = world.actor("an")
    where = told.pop("where", world.willow)
    if where != world.willow:
        an = world.actor("bao")
    made = offers.draft(an, community_id=where.pk, facts=facts(kind, **told))
    written_down(an, made)
    return offers.publish(an, offer_id=made.pk)


def written_down(worker: Actor, offer: Offer) -> None:
    """Of an offer that pairs it is written down who is helped."""
    if offer.kind.pairs:
        entry = HouseholdEntry("吴奶奶", "独居，行动不便")
        describe_household(worker, offer_id=offer.pk, entry=entry)


def registered(world: World, count: int) -> list[Actor]:
    """Members registered in An's community, each with an account."""
    people = road.members(world, count)
    deng, an = world.actor("deng"), world.actor("an")
    issued = letters.issue_letters(deng, person_ids=[person.pk for person in people]).done
    presentations.present_group(deng, registration_ids=[row.pk for row in issued])
    arrivals.accept(an, registration_ids=[row.pk for row in issued])
    return [actor_for(person) for person in people]


def actor_for(person: Person) -> Actor:
    """Who acts when this person is signed in."""
    account: Account = factories.account(person.name, person=person)
    return Actor(account.pk, person.pk, person.name)


def chen(world: World) -> Actor:
    """Chen, registered in An's community."""
    road.accepted(world)
    return world.actor("chen")


def claimed(offer: Offer, *members: Actor) -> list[Claim]:
    """Each of them claims, in this order."""
    return [claims.claim(actor, offer_id=offer.pk) for actor in members]


def kept(offer: Offer, person: Person, branch: Organisation, **columns: Any) -> Claim:
    """A claim of a person with its seat, as it stands in the database however it came there."""
    columns = {"state": "active", "community": offer.community} | columns
    claim = Claim.objects.create(offer=offer, person=person, branch=branch, **columns)
    Seat.objects.create(claim=claim, person=person, branch=branch, since=claim.claimed_at)
    return claim


def fresh(claim: Claim) -> Claim:
    """The row as the database has it now."""
    return claim_rows().get(pk=claim.pk)


def states(offer: Offer) -> list[str]:
    """The states of an offer's claims in the order people came."""
    rows = Claim.objects.filter(offer=offer).order_by("claimed_at", "pk")
    return list(rows.values_list("state", flat=True))

"""Short ways to teams with members and leaders, for tests that begin in the middle."""

from django.test import Client

from baodao.accounts.models import Account
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.placements import place_many
from baodao.registration.models import Registration
from baodao.teams.commands.memberships import decide_requests, request_departure
from baodao.teams.commands.teams import name_leader
from baodao.teams.models import TeamLeader
from tests.offers import steps
from tests.world import World


def registration_of(member: Actor) -> Registration:
    """The live registration of a member, as the database has it now."""
    return Registration.objects.get(person=member.person_id, state="accepted")


def put(world: World, *members: Actor, team: str = "team") -> None:
    """An puts these members into a team of her community."""
    ids = [registration_of(one).pk for one in members]
    places = {Kind.TEAM: world.places[team].pk}
    place_many(world.actor("an"), registration_ids=ids, places=places)


def led_by(world: World, member: Actor) -> TeamLeader:
    """An names this member of the team as its leader."""
    return name_leader(
        world.actor("an"), team_id=world.team.pk, registration_id=registration_of(member).pk
    )


def team(world: World, count: int) -> list[Actor]:
    """So many members of the team, the first of them its leader."""
    members = steps.registered(world, count)
    put(world, *members)
    led_by(world, members[0])
    return members


def leave(world: World, member: Actor, team_id: int) -> None:
    """The member asks to leave a team, and An agrees."""
    row = request_departure(member, team_id=team_id)
    decide_requests(world.actor("an"), request_ids=[row.pk], approve=True)


def signed_in(member: Actor) -> Client:
    """The member on their own telephone."""
    client = Client()
    client.force_login(Account.objects.get(pk=member.account_id))
    return client


def claimed(world: World, offer: Offer, leader: Actor, *members: Actor) -> Claim:
    """The leader claims for these of the team."""
    ids = [one.person_id for one in members if one.person_id]
    return claims.claim_for(
        leader, offer_id=offer.pk, organisation_id=world.team.pk, person_ids=ids
    )

"""What a community claims for a member who came to its window, or telephoned."""

from collections.abc import Collection
from uuid import UUID

from baodao.claims.commands.announcements import tell, tell_servers
from baodao.claims.commands.claims import enter_line, people_of
from baodao.claims.models import Claim
from baodao.claims.queries.claims import window_teams
from baodao.claims.queries.seats import servers
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.people.queries.members import lock_persons
from baodao.registration.queries.registrations import received_here


@command
def claim_at_window(actor: Actor, *, offer_id: UUID, person_id: UUID) -> Claim:
    """Claim an offer for a member whom the actor's community has received: it is the member's own
    claim, with the same rules, limits and waiting list. They are told, and give it up themselves.

    Raises `Absent` for who is not received there, and for what they could not claim either.
    """
    lock_persons([person_id])
    received = received_here(actor, Permission.CLAIM_DECIDE).filter(person=person_id)
    people = servers([person_id]) if received.exists() else []
    if not people:
        raise Absent("member")
    claim = Claim(offer_id=offer_id, person_id=person_id, branch_id=people[0].branch_id)
    enter_line(actor, claim, people, alone=True, verb="claim.made-at-window")
    tell([claim], "claim-made-for-you")
    return claim


@command
def claim_for_team(
    actor: Actor, *, offer_id: UUID, organisation_id: int, person_ids: Collection[UUID]
) -> Claim:
    """Claim an offer for a team of the actor's community whose leader came or telephoned: it is the
    team's own claim, with the same rules. Who leads it and who serves are told.

    Raises `Absent` for a team of another community and for who is not in it.
    """
    team = window_teams(actor).filter(pk=organisation_id).first()
    if team is None:
        raise Absent("team")
    lock_persons(person_ids)
    claim = Claim(offer_id=offer_id, branch=team, team=team)
    enter_line(actor, claim, people_of(team, person_ids), alone=True, verb="claim.made-at-window")
    tell([claim], "claim-made-for-you")
    seats = claim.seats.select_related("claim__offer")
    tell_servers(seats, "claim-seat-given", name=claim.claimant_name)
    return claim

"""A place kept for a named member, who takes it or gives it back."""

from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows, most_at, thinking_in
from baodao.claims.queries.openings import locked_opening, standing_of
from baodao.claims.queries.seats import servers, taken_by
from baodao.claims.rules.claims import (
    check_assignable,
    check_claimant,
    check_place,
    check_time,
    confirm_until,
)
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.notices.queries.reminders import quiet_in
from baodao.notices.rules.reminders import shown_at
from baodao.offers.queries.offers import offer_of
from baodao.offers.rules.kinds import Claimant
from baodao.offers.rules.offers import when_words
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of as community_today
from baodao.people.queries.members import lock_persons
from baodao.registration.queries.registrations import accepted_rows
from baodao.registration.rules.states import State


@command
def assign(actor: Actor, *, offer_id: UUID, person_id: UUID) -> Claim:
    """Keep a place of an offer for a member whom its community has received, who is asked to take
    it on until an hour; nobody serves because others said so. Raises `Absent` for anybody else, and
    tells nothing of what they do elsewhere."""
    lock_persons([person_id])
    offer = offer_of(actor, offer_id, Permission.OFFER_EDIT)
    received = accepted_rows(community_today(offer.community)).filter(state=State.ACCEPTED)
    people = servers([person_id]) if received.filter(person=person_id).exists() else []
    if not people:
        raise Absent("member")
    opening = locked_opening(offer.pk, people[0].branch_id, alone=True)
    check_claimant(opening.kind, Claimant.PERSON)
    hours, most = (opening.starts_at, opening.ends_at), most_at(people[0].path, opening.kind)
    taken = taken_by([person_id])[person_id]
    check_assignable(opening.kind, hours, taken, most, offer.pk)
    seated, waiting = standing_of(offer.pk)
    places = opening.places
    check_place(1, free=places - seated, places=places, waiting=waiting)
    now, values = clock.now(), values_at(offer.community.path)
    readable_at = shown_at(clock.local(now), quiet_in(values))
    until = check_time(confirm_until(readable_at, opening.starts_at, thinking_in(values)))
    claim = Claim.objects.create(
        offer=offer,
        person_id=person_id,
        branch_id=people[0].branch_id,
        community_id=opening.community_id,
        state=ClaimState.INVITED,
        claimed_at=now,
        confirm_by=until,
    )
    Seat.objects.create(claim=claim, person_id=person_id, branch_id=claim.branch_id)
    note(actor, [claim], "claim.assigned")
    rows = list(claim_rows().filter(pk=claim.pk))
    if tell(rows, "claim-assigned", until=when_words(until)).refused:
        tell(rows, "claim-assigned-kept", until=when_words(until))
    return claim

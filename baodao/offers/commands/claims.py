"""What a member does with a claim: claim, confirm, give up, ask to leave, stay after all."""

from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import own
from baodao.offers.commands.announcements import note, tell
from baodao.offers.commands.seats import end, enter, locked, locked_claims
from baodao.offers.commands.waiting_list import fill
from baodao.offers.models import Claim, Offer
from baodao.offers.queries.claims import (
    claim_rows,
    departed_claims,
    live_claims_of,
    most_of,
    overdue_claims,
    taken,
)
from baodao.offers.queries.offers import offer_rows, open_offers, standing_of
from baodao.offers.rules.claims import check_exit, check_room_for, first_state, leaving
from baodao.offers.rules.lives import CLAIM, ClaimState
from baodao.offers.rules.offers import check_reason, is_open
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, own_membership
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State

NOT_CONFIRMED = gettext_noop("The place was not confirmed in time.")
"""The reason kept with a lapsed claim; shown translated."""

DEPARTED = gettext_noop("The registration in the community has ended.")
"""The reason kept with the claims of who moved on; shown translated."""


@command
def claim(actor: Actor, *, offer_id: UUID) -> Claim:
    """The actor wants to serve: a place at once, the waiting list, or the community's approval.

    Anybody registered within the reach of the offer may. What an offer is best served by never
    excludes anybody. The offer's lock is what two hundred wait for: what concerns the person alone
    is read before it, under the person's own.
    """
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    membership, community = _registered(actor)
    mine = list(live_claims_of(actor.person_id))
    values = values_at(community.path)
    offer = lock(open_offers(community), offer_id)
    for held in mine:
        if held.offer_id == offer.pk:
            raise CLAIM.refusal(held.state)
    hours = (offer.starts_at, offer.ends_at)
    check_room_for(offer.kind, hours, map(taken, mine), most_of(offer.kind, values))
    seated, waiting = standing_of(offer)
    state = first_state(
        approval=offer.approval, wanted=offer.wanted, seated=seated, waiting=waiting
    )
    made = Claim.objects.create(
        offer=offer,
        person=membership.person,
        branch=membership.branch,
        community=offer.community,
        state=state,
        claimed_at=clock.now(),
        seated_at=clock.now() if state is ClaimState.ACTIVE else None,
    )
    note(actor, [made], "claim.made")
    return made


def _registered(actor: Actor) -> tuple[Membership, Organisation]:
    membership = own_membership(actor)
    registration = own_registration(actor)
    if membership is None or registration is None or registration.state != State.ACCEPTED:
        raise Refused(
            "claim.not-registered",
            gettext_noop("Report in first; once a community has received you, you can claim."),
        )
    return membership, registration.community


def _own_locked(actor: Actor, claim_id: UUID) -> tuple[Claim, Offer]:
    """One of the actor's own claims and its offer, both locked."""
    rows, offers = locked_claims(own(claim_rows(), actor), [claim_id])
    return rows[0], offers[0]


@command
def confirm_invitation(actor: Actor, *, claim_id: UUID) -> Claim:
    """Take the place that became free. It holds as long as nobody else was asked, even if late."""
    row, offer = _own_locked(actor, claim_id)
    CLAIM.check(row.state, ClaimState.INVITED)
    if not is_open(offer.state, offer.starts_at, clock.now()):
        raise Refused("claim.too-late", gettext_noop("The activity has begun already."))
    enter([row], ClaimState.ACTIVE, confirm_by=None)
    note(actor, [row], "claim.confirmed")
    return row


@command
def withdraw_claim(actor: Actor, *, claim_id: UUID) -> Claim:
    """Give up a claim where nobody need be asked; a freed place goes to the next at once."""
    row, offer = _own_locked(actor, claim_id)
    begun = not is_open(offer.state, offer.starts_at, clock.now())
    to = leaving(offer.kind, row.state, begun=begun)
    enter([row], to, confirm_by=None)
    note(actor, [row], "claim.left" if to is ClaimState.LEFT else "claim.withdrawn")
    fill(actor, offer)
    return row


@command
def request_exit(actor: Actor, *, claim_id: UUID, reason: str) -> Claim:
    """Ask the community to be let go; until it answers the place is held."""
    why = check_reason(reason)
    row, offer = _own_locked(actor, claim_id)
    check_exit(offer.kind)
    enter([row], ClaimState.EXIT_REQUESTED, reason=why)
    note(actor, [row], "claim.exit-requested", why)
    return row


@command
def stay(actor: Actor, *, claim_id: UUID) -> Claim:
    """Take back the wish to leave, as long as the community has not answered it."""
    row, _ = _own_locked(actor, claim_id)
    CLAIM.check(row.state, ClaimState.EXIT_REQUESTED)
    enter([row], ClaimState.ACTIVE, reason="")
    note(actor, [row], "claim.exit-taken-back")
    return row


@command
def end_departed(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """End the claims of people whose registration here has ended; their places go on."""
    offer = lock(offer_rows(), offer_id)
    departed = locked(departed_claims().filter(offer=offer))
    end(departed, confirm_by=None, reason=DEPARTED)
    note(actor, departed, "claim.left")
    tell(departed, "claim-ended")
    fill(actor, offer)
    return departed


@command
def lapse_invitations(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """Let invitations whose time is up go, and ask the next; asked again it finds nothing."""
    offer = lock(offer_rows(), offer_id)
    late = locked(overdue_claims().filter(offer=offer))
    if not late:
        return []
    enter(late, ClaimState.WITHDRAWN, reason=NOT_CONFIRMED)
    note(actor, late, "claim.lapsed")
    tell(late, "claim-lapsed")
    fill(actor, offer)
    return late

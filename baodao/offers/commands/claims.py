"""What a member does with a claim: claim, confirm, give up, ask to leave, stay after all."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import own
from baodao.notices.commands.notices import announce
from baodao.offers.commands.seating import act, enter, fill, locked_claims, told
from baodao.offers.models import Claim, Offer
from baodao.offers.queries.claims import (
    claim_rows,
    departed_claims,
    live_claims_of,
    overdue_invitations,
    taken,
)
from baodao.offers.queries.offers import offer_rows, open_offers, standing_of
from baodao.offers.rules import ClaimState
from baodao.offers.rules.claims import check_exit, check_room_for, first_state, leaving
from baodao.offers.rules.offers import check_reason, ending_of, is_open
from baodao.offers.rules.policies import MOST_POSTS
from baodao.offers.rules.states import claim_stands
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, own_membership
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State

NOT_CONFIRMED = gettext_noop("The place was not confirmed in time.")
"""The reason kept with a lapsed claim; shown translated."""
DEPARTED = gettext_noop("The registration in the community has ended.")
"""The same for the claims of who moved on."""


@command
def claim(actor: Actor, *, offer_id: UUID) -> Claim:
    """The actor wants to serve: a place at once, the waiting list, or the community's approval.

    Anybody registered in the community may; an activity takes neighbours of the same street too.
    What an offer is best served by never excludes anybody. The offer's lock is what two hundred
    wait for: what concerns the person alone is read before it, under the person's own.
    """
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    membership, community = _registered(actor)
    mine = list(live_claims_of(actor.person_id))
    most_posts = value_of(MOST_POSTS, community)
    offer = lock(open_offers(community), offer_id)
    for held in mine:
        if held.offer_id == offer.pk:
            raise claim_stands(held.state)
    hours = (offer.starts_at, offer.ends_at)
    check_room_for(offer.kind, hours, map(taken, mine), most_posts)
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
    journal.write_many(actor, [act(made, "claim.made")])
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
    held, offer = _own_locked(actor, claim_id)
    if held.state != ClaimState.INVITED:
        raise claim_stands(held.state)
    if not is_open(offer.state, offer.starts_at, clock.now()):
        raise Refused("claim.too-late", gettext_noop("The activity has begun already."))
    enter(held, ClaimState.ACTIVE, confirm_by=None)
    journal.write_many(actor, [act(held, "claim.confirmed")])
    return held


@command
def withdraw_claim(actor: Actor, *, claim_id: UUID) -> Claim:
    """Give up a claim where nobody need be asked; a freed place goes to the next at once."""
    held, offer = _own_locked(actor, claim_id)
    begun = not is_open(offer.state, offer.starts_at, clock.now())
    to = leaving(offer.kind, held.state, begun=begun)
    enter(held, to, confirm_by=None)
    verb = "claim.left" if to is ClaimState.LEFT else "claim.withdrawn"
    journal.write_many(actor, [act(held, verb)])
    fill(actor, offer)
    return held


@command
def request_exit(actor: Actor, *, claim_id: UUID, reason: str) -> Claim:
    """Ask the community to be let go from a post; until it answers the place is held."""
    why = check_reason(reason)
    held, offer = _own_locked(actor, claim_id)
    check_exit(offer.kind)
    enter(held, ClaimState.EXIT_REQUESTED, reason=why)
    journal.write_many(actor, [act(held, "claim.exit-requested", why)])
    return held


@command
def stay(actor: Actor, *, claim_id: UUID) -> Claim:
    """Take back the wish to leave a post, as long as the community has not answered it."""
    held, _ = _own_locked(actor, claim_id)
    if held.state != ClaimState.EXIT_REQUESTED:
        raise claim_stands(held.state)
    enter(held, ClaimState.ACTIVE, reason="")
    journal.write_many(actor, [act(held, "claim.exit-taken-back")])
    return held


@command
def end_departed(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """End the claims of people whose registration here has ended; their places go on."""
    offer = lock(offer_rows(), offer_id)
    rows = departed_claims().filter(offer=offer)
    gone = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for held in gone:
        to = ending_of(held.state, served=held.served_on is not None)
        enter(held, to, confirm_by=None, reason=DEPARTED)
    journal.write_many(actor, [act(held, "claim.left") for held in gone])
    announce([told(held, "claim-ended") for held in gone])
    fill(actor, offer)
    return gone


@command
def lapse_invitations(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """Let invitations whose time is up go, and ask the next; asked again it finds nothing."""
    offer = lock(offer_rows(), offer_id)
    if not overdue_invitations().filter(pk=offer.pk).exists():
        return []
    rows = claim_rows().filter(offer=offer, state=ClaimState.INVITED, confirm_by__lt=clock.now())
    late = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for held in late:
        enter(held, ClaimState.WITHDRAWN, reason=NOT_CONFIRMED)
    journal.write_many(actor, [act(held, "claim.lapsed") for held in late])
    announce([told(held, "claim-lapsed") for held in late])
    fill(actor, offer)
    return late

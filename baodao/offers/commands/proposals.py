"""What a unit wants to organise in its partner community: proposed, given back, put right."""

from dataclasses import replace
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.ledger.queries.categories import categories_of
from baodao.notices.commands.notices import Message, announce
from baodao.offers.commands.hours import revise
from baodao.offers.commands.offers import fill_in, keep, tell_organiser
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.offers import check_contact, host_of, offers, organised
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import (
    OfferFacts,
    check_ahead,
    check_facts,
    check_near,
    check_places,
    check_proposable,
    when_words,
)
from baodao.orgs.queries.tree import check_open, places
from baodao.orgs.rules.tree import Kind


@command
def propose(actor: Actor, *, unit_id: int, facts: OfferFacts) -> Offer:
    """A unit proposes an activity of its own to its partner community, which accepts it or gives it
    back. Members see it once it is accepted."""
    unit = within(places(Kind.UNIT), actor, Permission.CLAIM_MAKE, "path").filter(pk=unit_id)
    organiser = unit.first()
    if organiser is None:
        raise Absent("organisation")
    community = host_of(organiser)
    check_open(community)
    offer = Offer(
        community=community,
        organiser=organiser,
        kind=facts.kind,
        state=OfferState.PROPOSED,
        created_by=actor.name,
        created_at=clock.now(),
    )
    _write(actor, offer, facts)
    offer.save()
    keep(offer, facts.particulars)
    journal.write(actor, "offer.proposed", offer.pk, community.pk, title=offer.title)
    _ask(offer)
    return offer


def _write(actor: Actor, offer: Offer, facts: OfferFacts) -> None:
    """Take what the unit says; who claims later has a place at once."""
    check_proposable(offer.kind)
    check_facts(facts, categories_of(offer.community, offer.category))
    check_near(facts.starts_at, clock.now())
    check_ahead(facts.starts_at, clock.now())
    fill_in(actor, offer, replace(facts, organiser_id=offer.organiser_id, approval=False))


def _ask(offer: Offer) -> None:
    """Tell the community what waits for its word."""
    assert offer.starts_at is not None
    facts = {
        "unit": offer.organiser.name,
        "title": offer.title,
        "when": when_words(offer.starts_at),
    }
    announce(
        [
            Message(
                "offer-proposed",
                organisation_id=offer.community_id,
                about=offer.pk,
                facts=facts,
            )
        ]
    )


@command
def propose_again(actor: Actor, *, offer_id: UUID, facts: OfferFacts) -> Offer:
    """Put right what the community has not accepted; what it gave back is proposed anew. Refused
    once the contact has ended."""
    serving = offer_claims().lock_servers(offer_id)
    offer = lock(organised(actor), offer_id)
    OFFER.check(offer.state, OfferState.PROPOSED, OfferState.RETURNED)
    check_contact(offer)
    check_places(facts.places, len(serving))
    _write(actor, offer, replace(facts, kind=offer.kind))
    revise(offer)
    keep(offer, facts.particulars)
    if offer.state == OfferState.RETURNED:
        move([offer], OfferState.PROPOSED, clock.now(), ended_reason="")
        _ask(offer)
    journal.write(actor, "offer.proposed-again", offer.pk, offer.community_id, title=offer.title)
    return offer


@command
def return_to_unit(actor: Actor, *, offer_id: UUID, reason: str) -> Offer:
    """Give what a unit proposes back, with a reason that it reads; it may propose it anew."""
    why = check_reason(reason)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PROPOSED)
    move([offer], OfferState.RETURNED, clock.now(), ended_reason=why)
    journal.write(
        actor, "offer.returned", offer.pk, offer.community_id, title=offer.title, reason=why
    )
    tell_organiser(offer, "offer-returned", reason=why)
    return offer


@command
def withdraw_proposal(actor: Actor, *, offer_id: UUID, reason: str) -> Offer:
    """The unit does without what the community has not accepted; whom it ticked read why."""
    why = check_reason(reason)
    offer_claims().lock_servers(offer_id)
    offer = lock(organised(actor), offer_id)
    OFFER.check(offer.state, OfferState.PROPOSED, OfferState.RETURNED)
    at = clock.now()
    move([offer], OfferState.CANCELLED, at, ended_at=at, ended_reason=why)
    revise(offer)
    offer_claims().end(offer)
    journal.write(
        actor, "offer.taken-back", offer.pk, offer.community_id, title=offer.title, reason=why
    )
    return offer

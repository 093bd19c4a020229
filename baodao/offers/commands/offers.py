"""A community's offers: draft, publish, change, close, cancel, and offer again."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.ledger.queries.categories import categories_of
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.offers.commands.answers import ask_for, meet_needs, open_needs, release_needs
from baodao.offers.commands.endings import call_off, finish
from baodao.offers.commands.hours import revise
from baodao.offers.kinds.parts import PARTS
from baodao.offers.models import Offer
from baodao.offers.queries.barriers import check_cancellable, check_closable
from baodao.offers.queries.claims import SeatsChanged, offer_claims
from baodao.offers.queries.names import check_somebody, check_untelling
from baodao.offers.queries.offers import offers, organisers_of
from baodao.offers.rules.kinds import Particulars
from baodao.offers.rules.lives import OFFER, PROPOSALS, OfferState
from baodao.offers.rules.offers import (
    OfferFacts,
    check_ahead,
    check_facts,
    check_household,
    check_more,
    check_near,
    check_places,
    shifted,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations, standing_of
from baodao.orgs.rules.tree import Kind

EDIT = Permission.OFFER_EDIT
WORDS = ("title", "text", "place", "schedule", "specialties", "bring")


@command
def draft(actor: Actor, *, community_id: int, facts: OfferFacts) -> Offer:
    """Write down an offer; nobody but the community sees it until it is published."""
    community = lock(organisations(actor, EDIT).filter(kind=Kind.COMMUNITY), community_id)
    check_open(community)
    check_facts(facts, categories_of(community))
    check_near(facts.starts_at, clock.now())
    check_ahead(facts.starts_at, clock.now())
    offer = Offer(
        community=community, kind=facts.kind, created_by=actor.name, created_at=clock.now()
    )
    fill_in(actor, offer, facts)
    offer.save()
    keep(offer, facts.particulars)
    journal.write(actor, "offer.drafted", offer.pk, community.pk, title=offer.title)
    if offer.kind.answers_one:
        ask_for(actor, offer)
    return offer


def fill_in(actor: Actor, offer: Offer, facts: OfferFacts) -> None:
    """Copy what was said onto the row; another organiser must be one of those possible here."""
    for name in WORDS:
        setattr(offer, name, getattr(facts, name).strip())
    offer.category, offer.places, offer.approval = facts.category, facts.places, facts.approval
    offer.starts_at, offer.ends_at = facts.starts_at, facts.ends_at
    present = offer.organiser if offer.organiser_id else None
    offer.organiser = organiser_of(actor, offer.community, facts.organiser_id, present)


def keep(offer: Offer, particulars: Particulars) -> None:
    """Keep what only the kind of a saved offer has, where it has a table for it."""
    kept = offer.kind.check(particulars)
    table = PARTS[offer.kind.code].particulars
    if table is not None:
        table._base_manager.update_or_create(pk=offer.pk, defaults=kept)


def texts_of(offer: Offer) -> list[str]:
    """What everybody reads of an offer."""
    return [getattr(offer, name) for name in WORDS]


def organiser_of(
    actor: Actor,
    community: Organisation,
    organiser_id: int | None,
    present: Organisation | None = None,
) -> Organisation:
    """Who is meant to stand behind something here: who does at `present`, or one of those who
    may."""
    if present is not None and organiser_id == present.pk:
        return present
    if organiser_id in (None, community.pk):
        return community
    organiser = organisers_of(actor, community).filter(pk=organiser_id).first()
    if organiser is None:
        raise Refused(
            "offer.organiser",
            gettext_noop("The organiser must be this community, a team of it or a unit here."),
        )
    return organiser


@command
def edit(actor: Actor, *, offer_id: UUID, facts: OfferFacts) -> Offer:
    """Change a draft in everything but its kind, a published offer not in hours and approval.

    More places go to those who wait; there are never fewer than are taken.
    """
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.check(offer.state, OfferState.DRAFT, OfferState.PUBLISHED)
    facts = replace(facts, kind=offer.kind)
    if offer.state == OfferState.PUBLISHED:
        check_places(facts.places, offer_claims().taken(offer))
        facts = replace(facts, starts_at=offer.starts_at, ends_at=offer.ends_at)
        facts = replace(facts, approval=offer.approval)
    elif facts.starts_at != offer.starts_at:
        check_near(facts.starts_at, clock.now())
        check_ahead(facts.starts_at, clock.now())
    check_facts(facts, categories_of(offer.community, offer.category))
    fill_in(actor, offer, facts)
    if offer.state == OfferState.PUBLISHED:
        check_untelling(offer, *texts_of(offer))
    revise(offer)
    keep(offer, facts.particulars)
    journal.write(actor, "offer.edited", offer.pk, offer.community_id, title=offer.title)
    offer_claims().fill(actor, offer)
    return offer


@command
def widen(actor: Actor, *, offer_id: UUID, places: int) -> Offer:
    """Raise the number of places of a published offer; those who wait are asked first."""
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_household(offer.kind, places)
    check_more(places, old := offer.places)
    offer.places = places
    offer.save(update_fields=["places"])
    numbers = {"old": old, "new": places}
    journal.write(actor, "offer.widened", offer.pk, offer.community_id, **numbers)
    offer_claims().fill(actor, offer)
    return offer


def publish(actor: Actor, *, offer_id: UUID) -> Offer:
    """Offer it to the members of the community; the needs it answers are open now. What a unit
    proposed is accepted by it: whom the unit ticked have their places, and the unit is told."""
    while True:
        try:
            return _publish(actor, offer_id=offer_id)
        except SeatsChanged:
            continue


@command
def _publish(actor: Actor, *, offer_id: UUID) -> Offer:
    locked = offer_claims().lock_servers(offer_id)
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.move(offer.state, OfferState.PUBLISHED)
    proposed = offer.state == OfferState.PROPOSED
    offer.community, offer.organiser = address_of(offer.community, offer.organiser)
    check_near(offer.starts_at, clock.now())
    check_ahead(offer.starts_at, clock.now())
    offer.kind.check(offer.particulars)
    check_somebody(offer)
    check_untelling(offer, *texts_of(offer))
    where = {"community": offer.community, "organiser": offer.organiser}
    move([offer], OfferState.PUBLISHED, at := clock.now(), published_at=at, **where)
    open_needs(actor, offer=offer)
    journal.write(actor, "offer.published", offer.pk, offer.community_id, title=offer.title)
    if proposed:
        offer_claims().seat_organiser(actor, offer, locked)
        tell_organiser(offer, "offer-accepted")
    return offer


def address_of(
    community: Organisation, organiser: Organisation
) -> tuple[Organisation, Organisation]:
    """What has not begun is offered by who does the work of its community now, and organised by
    who does that of its organiser, else by the community; refused where nobody took that over."""
    community, organiser = standing_of(community), standing_of(organiser)
    check_open(community)
    return community, community if organiser.closed_at else organiser


@command
def cancel(actor: Actor, *, offer_id: UUID, reason: str) -> Offer:
    """Call an offer off: everybody with a live claim is told why, the needs wait for another."""
    why = check_reason(reason)
    offer = lock(offers(actor, EDIT), offer_id)
    check_cancellable(offer)
    check_untelling(offer, why)
    call_off(actor, offer, why)
    release_needs(actor, offer=offer)
    return offer


def publish_prepared(actor: Actor, offer: Offer, facts: OfferFacts) -> Offer:
    """Keep and publish at once a new offer of which everything was checked when it was prepared;
    who stands behind it is named in the row."""
    fill_in(actor, offer, facts)
    offer.save()
    keep(offer, facts.particulars)
    move([offer], OfferState.PUBLISHED, at := clock.now(), published_at=at)
    journal.write(actor, "offer.published", offer.pk, offer.community_id, title=offer.title)
    return offer


@command
def close(
    actor: Actor, *, offer_id: UUID, reason: str = "", met_ids: Collection[UUID] = ()
) -> Offer:
    """End an offer, with thanks to who served; one with people on its list is closed by it, and
    what pairs only with a reason, which its register prints."""
    offer = lock(offers(actor, EDIT), offer_id)
    check_closable(offer)
    why = check_reason(reason) if offer.kind.pairs else reason.strip()
    check_untelling(offer, why)
    finish(actor, offer, why)
    meet_needs(actor, offer=offer, met_ids=met_ids)
    return offer


def tell_organiser(offer: Offer, kind: str, **facts: NoticeFact) -> None:
    """One sentence to the unit that organises an offer."""
    facts = {"title": offer.title, "community": offer.community.name, **facts}
    announce([Message(kind, organisation_id=offer.organiser_id, about=offer.pk, facts=facts)])


@command
def copy(actor: Actor, *, offer_id: UUID) -> Offer:
    """A new draft like this one, of who does its community's work now; what has hours on the same
    weekday a month later."""
    old = lock(offers(actor, EDIT), offer_id)
    if old.state in PROPOSALS:
        raise OFFER.refusal(old.state)
    new = Offer(created_by=actor.name, created_at=clock.now())
    new.community, new.organiser = address_of(old.community, old.organiser)
    for name in (*WORDS, "kind", "category", "places", "approval"):
        setattr(new, name, getattr(old, name))
    if old.starts_at and old.ends_at:
        new.starts_at, new.ends_at = shifted(old.starts_at, old.ends_at, clock.now())
    new.save()
    keep(new, old.particulars)
    journal.write(actor, "offer.copied", new.pk, new.community_id, title=old.title)
    if new.kind.answers_one:
        ask_for(actor, new)
    return new

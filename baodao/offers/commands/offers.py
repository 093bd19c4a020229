"""A community's offers: draft, publish, change, move, close, cancel, and offer again."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.ledger.queries.categories import categories_of
from baodao.offers.commands.announcements import tell
from baodao.offers.commands.answers import meet_needs, open_needs, release_needs
from baodao.offers.commands.seats import end, enter, live_claims
from baodao.offers.commands.waiting_list import fill
from baodao.offers.kinds.parts import PARTS
from baodao.offers.models import Claim, Offer
from baodao.offers.queries.claims import thinking_in
from baodao.offers.queries.offers import offers, organisers_of, seated_of
from baodao.offers.rules.claims import confirm_until
from baodao.offers.rules.kinds import Particulars
from baodao.offers.rules.lives import OFFER, SEATED, ClaimState, OfferState
from baodao.offers.rules.offers import (
    OfferFacts,
    check_ahead,
    check_close,
    check_facts,
    check_hours,
    check_places,
    check_reason,
    check_timed,
    shifted,
    when_words,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules import Kind

EDIT = Permission.OFFER_EDIT
WORDS = ("title", "text", "place", "schedule", "specialties")


@command
def draft(actor: Actor, *, community_id: int, facts: OfferFacts) -> Offer:
    """Write down an offer; nobody but the community sees it until it is published."""
    community = lock(organisations(actor, EDIT).filter(kind=Kind.COMMUNITY), community_id)
    check_open(community)
    check_facts(facts, categories_of(community))
    offer = Offer(
        community=community, kind=facts.kind, created_by=actor.name, created_at=clock.now()
    )
    _take(actor, offer, facts)
    offer.save()
    _keep(offer, facts.particulars)
    journal.write(actor, "offer.drafted", offer.pk, community.pk, title=offer.title)
    return offer


def _take(actor: Actor, offer: Offer, facts: OfferFacts) -> None:
    """Copy what was said onto the row; another organiser must be one of those possible here."""
    for name in WORDS:
        setattr(offer, name, getattr(facts, name).strip())
    offer.category, offer.places, offer.approval = facts.category, facts.places, facts.approval
    offer.starts_at, offer.ends_at = facts.starts_at, facts.ends_at
    offer.organiser = _organiser(actor, offer, facts.organiser_id)


def _keep(offer: Offer, particulars: Particulars) -> None:
    """Keep what only the kind of a saved offer has, where it has a table for it."""
    kept = offer.kind.check(particulars)
    table = PARTS[offer.kind.code].particulars
    if table is not None:
        table._base_manager.update_or_create(pk=offer.pk, defaults=kept)


def _organiser(actor: Actor, offer: Offer, organiser_id: int | None) -> Organisation:
    community = offer.community
    if offer.organiser is not None and organiser_id == offer.organiser_id:
        return offer.organiser
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
    facts = replace(facts, kind=offer.kind)
    check_facts(facts, categories_of(offer.community, offer.category))
    if offer.state == OfferState.PUBLISHED:
        check_places(facts.places, seated_of(offer))
        standing = (offer.approval, offer.starts_at, offer.ends_at)
        _take(actor, offer, facts)
        offer.approval, offer.starts_at, offer.ends_at = standing
    elif offer.state == OfferState.DRAFT:
        _take(actor, offer, facts)
    else:
        raise OFFER.refusal(offer.state)
    offer.save()
    _keep(offer, facts.particulars)
    journal.write(actor, "offer.edited", offer.pk, offer.community_id, title=offer.title)
    fill(actor, offer)
    return offer


@command
def publish(actor: Actor, *, offer_id: UUID) -> Offer:
    """Offer it to the members of the community; the needs it answers are open now."""
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.move(offer.state, OfferState.PUBLISHED)
    check_open(offer.community)
    check_ahead(offer.starts_at, clock.now())
    offer.kind.check(offer.particulars)
    move([offer], OfferState.PUBLISHED, at := clock.now(), published_at=at)
    open_needs(actor, offer=offer)
    journal.write(actor, "offer.published", offer.pk, offer.community_id, title=offer.title)
    return offer


@command
def reschedule(actor: Actor, *, offer_id: UUID, starts_at: datetime, ends_at: datetime) -> Offer:
    """Move a published offer with hours; whoever has a live claim is told the old and the new time.

    Whoever cannot come then gives it up without asking anybody.
    """
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_timed(offer.kind)
    check_hours(offer.kind, starts_at, ends_at)
    check_ahead(starts_at, clock.now())
    assert offer.starts_at is not None
    old, new = when_words(offer.starts_at), when_words(starts_at)
    offer.starts_at, offer.ends_at, offer.reminded_at = starts_at, ends_at, None
    offer.save(update_fields=["starts_at", "ends_at", "reminded_at"])
    live = live_claims(offer)
    _ask_again([claim for claim in live if claim.state == ClaimState.INVITED], offer, starts_at)
    tell(live, "offer-rescheduled", old=old, new=new)
    journal.write(actor, "offer.rescheduled", offer.pk, offer.community_id, old=old, new=new)
    fill(actor, offer)
    return offer


def _ask_again(invited: Sequence[Claim], offer: Offer, starts_at: datetime) -> None:
    """Invitations hold until the new start allows; with no time left the places are given."""
    thinking = thinking_in(values_at(offer.community.path))
    until = confirm_until(clock.now(), starts_at, thinking)
    if until is None:
        enter(invited, ClaimState.ACTIVE, confirm_by=None)
    for claim in invited:
        claim.confirm_by = until
    Claim.objects.bulk_update(invited, ["confirm_by"])


@command
def cancel(actor: Actor, *, offer_id: UUID, reason: str) -> Offer:
    """Call an offer off: everybody with a live claim is told why, the needs wait for another."""
    why = check_reason(reason)
    offer = lock(offers(actor, EDIT), offer_id)
    at = clock.now()
    move([offer], OfferState.CANCELLED, at, ended_at=at, ended_reason=why)
    live = live_claims(offer)
    end(live, reason=why)
    tell(live, "offer-cancelled", reason=why)
    release_needs(actor, offer=offer)
    journal.write(
        actor, "offer.cancelled", offer.pk, offer.community_id, title=offer.title, reason=why
    )
    return offer


@command
def close(
    actor: Actor, *, offer_id: UUID, reason: str = "", met_ids: Collection[UUID] = ()
) -> Offer:
    """End an offer, with thanks to who served; one with people on its list is closed by it."""
    offer = lock(offers(actor, EDIT), offer_id)
    OFFER.move(offer.state, OfferState.CLOSED)
    expected = Claim.objects.filter(offer=offer, state__in=SEATED).exclude(state=ClaimState.DONE)
    check_close(offer.kind, expected=expected.exists())
    finish(actor, offer, reason.strip())
    meet_needs(actor, offer=offer, met_ids=met_ids)
    return offer


def finish(actor: Actor, offer: Offer, reason: str = "") -> None:
    """Close a locked, published offer; live claims end with it."""
    at = clock.now()
    move([offer], OfferState.CLOSED, at, ended_at=at, ended_reason=reason)
    live = live_claims(offer)
    end(live, reason=reason)
    tell(live, "offer-closed")
    journal.write(
        actor, "offer.closed", offer.pk, offer.community_id, title=offer.title, reason=reason
    )


@command
def copy(actor: Actor, *, offer_id: UUID) -> Offer:
    """A new draft like this one; what has hours on the same weekday a month later."""
    old = lock(offers(actor, EDIT), offer_id)
    new = Offer(community=old.community, created_by=actor.name, created_at=clock.now())
    for name in (*WORDS, "kind", "category", "places", "approval", "organiser"):
        setattr(new, name, getattr(old, name))
    if old.starts_at and old.ends_at:
        new.starts_at, new.ends_at = shifted(old.starts_at, old.ends_at, clock.now())
    new.save()
    _keep(new, old.particulars)
    journal.write(actor, "offer.copied", new.pk, new.community_id, title=old.title)
    return new

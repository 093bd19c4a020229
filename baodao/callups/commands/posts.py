"""The posts of a call-up: shifts with places, filled with who said that they can come."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from baodao.callups.models import CallPost, Summons
from baodao.callups.queries.callups import CALL_UP, calls_in, one_post, post_rows, posts_in
from baodao.callups.queries.willing import near_of, willing_for
from baodao.callups.rules.callups import (
    NOT_OVER,
    CallStage,
    check_able,
    check_stage,
    usual_category,
)
from baodao.callups.rules.notices import PLACING
from baodao.claims.commands.willing import seat_willing
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.ledger.queries.categories import categories_of
from baodao.notices.commands.notices import Message, announce
from baodao.offers.commands import offers as activities
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.rules.offers import OfferFacts, check_ahead, check_facts, check_near, when_words
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import lock_persons


@command
def publish_post(actor: Actor, *, call_id: UUID, community_id: int, facts: OfferFacts) -> CallPost:
    """Open a shift of a call-up in a community: an activity, whose list the community keeps. Who
    can come is placed in it; who was not called may claim it as any other. Without a kind of
    service it is of the usual one for what the call-up says."""
    call = lock(calls_in(actor, CALL_UP), call_id)
    check_stage(call.stage, *NOT_OVER)
    places = organisations(actor, CALL_UP).filter(kind=Kind.COMMUNITY)
    community = lock(places, community_id)
    if not community.path.startswith(call.caller.path):
        raise Absent("organisation")
    check_open(community)
    categories = categories_of(community)
    words = " ".join((call.title, call.reason, call.task))
    category = facts.category or usual_category(words, categories)
    facts = replace(facts, kind=ACTIVITY, organiser_id=community.pk, category=category)
    check_facts(facts, categories)
    check_near(facts.starts_at, clock.now())
    check_ahead(facts.starts_at, clock.now())
    offer = Offer(
        community=community,
        organiser=community,
        kind=ACTIVITY,
        created_by=actor.name,
        created_at=clock.now(),
    )
    activities.publish_prepared(actor, offer, facts)
    return CallPost.objects.create(offer=offer, call=call)


@command
def seat_members(actor: Actor, *, post_id: UUID, summons_ids: Collection[UUID]) -> Batch[Claim]:
    """Place who can come in a post, all in one act; each is told where and when. Whoever has become
    busy meanwhile, no longer says that they can come then, or finds no place left, is named. Raises
    `Absent` for who was not called, or is registered elsewhere by now. Cannot be taken back: it is
    read at once; a place is given up, or the shift is called off."""
    ids = set(summons_ids)
    lock_persons(set(Summons.objects.filter(pk__in=ids).values_list("person", flat=True)))
    post = lock(posts_in(actor), post_id)
    check_stage(post.call.stage, CallStage.OPEN)
    called = list(near_of(actor, post).filter(pk__in=ids))
    if len(called) != len(ids):
        raise Absent("member")
    able = Batch.each(called, lambda row: _person_of(row, post.offer), lambda row: row.person.name)
    batch = seat_willing(actor, post.offer, able.done)
    _tell(post, batch.done)
    return Batch(batch.done, [*able.refused, *batch.refused])


def _person_of(row: Summons, offer: Offer) -> UUID:
    """Who can come at the hours of a shift by what they said last."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    check_able(row.answer, row.free_from, row.free_until, (offer.starts_at, offer.ends_at))
    person_id: UUID = row.person_id
    return person_id


@command
def seat_best(actor: Actor, *, post_id: UUID) -> Batch[Claim]:
    """Place whom a post fits best, as many as it has places left. Cannot be taken back, as
    `seat_members`."""
    post = one_post(actor, post_id)
    best = willing_for(actor, post).values_list("pk", flat=True)[: _free(post)]
    return seat_members(actor, post_id=post_id, summons_ids=list(best))


def _free(post: CallPost) -> int:
    return max(0, post.offer.places - offer_claims().taken(post.offer))


def _tell(post: CallPost, claims: Collection[Claim]) -> None:
    offer = post_rows().get(pk=post.pk).offer
    assert offer.starts_at is not None
    facts = {"title": offer.title, "when": when_words(offer.starts_at), "spot": offer.place}
    announce(
        Message(PLACING.name, person_id=claim.person_id, about=claim.pk, facts=facts)
        for claim in claims
    )

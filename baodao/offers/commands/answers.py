"""Which offers answer needs: drafted of one, chosen for one, and what becomes of both.

An answer is written under its need's lock. Order of locks: the offer, then its needs by primary
key; what the offer answers is read once more behind them. An offer for one person ends with the
need of that person.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.scope import within
from baodao.needs.commands.answers import draft_for, open_need, release_need
from baodao.needs.commands.needs import meet
from baodao.needs.commands.requests import collect
from baodao.needs.models import Need
from baodao.needs.queries.answers import AnswersChanged, PublicOffer, register
from baodao.needs.queries.needs import need_rows, needs
from baodao.needs.rules.life import CLOSED, NEED, WAITING, NeedState
from baodao.needs.rules.requests import LONGEST, NeedFacts, NeedSource
from baodao.offers.commands.endings import call_off, finish
from baodao.offers.kinds.registry import KINDS
from baodao.offers.models import Answer, Offer
from baodao.offers.queries.answers import announced, beside, live_answers, needs_of, offer_from
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.entries import is_recorded
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import check_met, check_nameless, proposed_day
from baodao.offers.rules.policies import NOTICE_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import standing_of

FROM, UNTIL = time(9), time(11)
"""What a draft proposes until its editor says else."""


def draft_offer(actor: Actor, *, need_id: UUID, kind: str) -> Offer:
    """Draft an offer of `kind` from a need, which it will answer once it is published.

    The need counts as screened. A second tap, or a colleague's, gets the draft that is there,
    locked before the need.
    """
    if kind not in KINDS:
        raise Refused("offer.kind", gettext_noop("Choose what is to be made of it."))
    while True:
        try:
            return _draft_once(actor, need_id=need_id, kind=KINDS[kind])
        except AnswersChanged:
            continue


@command
def _draft_once(actor: Actor, *, need_id: UUID, kind: OfferKind) -> Offer:
    drafts = live_answers().filter(need=need_id, offer__state=OfferState.DRAFT)
    editable = within(Offer.objects.all(), actor, Permission.OFFER_EDIT, "community__path")
    locked = lock_many(editable, drafts.values_list("offer", flat=True))
    need = _editable(actor, need_id)
    NEED.check(need.state, *WAITING)
    answer = live_answers().select_related("offer").filter(need=need).first()
    if answer is not None and answer.offer.state == OfferState.DRAFT:
        if answer.offer not in locked:
            raise AnswersChanged
        return answer.offer
    offer = _draft(need, kind, actor.name)
    journal.write(actor, "offer.drafted", offer.pk, offer.community_id, title=offer.title)
    _begin(offer, need, clock.now())
    draft_for(actor, need, offer.title)
    return offer


@command
def match_offer(actor: Actor, *, need_id: UUID, offer_id: UUID) -> Need:
    """Let a published offer of the same community answer a need."""
    rows = within(Offer.objects.all(), actor, Permission.OFFER_EDIT, "community__path")
    offer = lock(rows, offer_id)
    need = _editable(actor, need_id)
    if standing_of(need.community) != standing_of(offer.community):
        raise Absent("offer")
    OFFER.check(offer.state, OfferState.PUBLISHED)
    open_need(actor, need, offer.title)
    _begin(offer, need, clock.now())
    return need


def ask_for(actor: Actor, offer: Offer) -> None:
    """A new draft that is for one person answers a need from the beginning: it is taken down with
    what the draft says, and not who asks, which stands with a need that was taken down before."""
    facts = NeedFacts(
        text="：".join(part for part in (offer.title, offer.text) if part)[:LONGEST],
        category=offer.category,
        place=offer.place,
        source=NeedSource.VISIT,
    )
    need = collect(actor, community_id=offer.community_id, facts=facts)
    _begin(offer, need, clock.now())
    draft_for(actor, need, offer.title)


def _editable(actor: Actor, need_id: UUID) -> Need:
    """The need, locked, for who may also edit offers of its community."""
    rows = needs(actor, Permission.NEED_SCREEN)
    return lock(within(rows, actor, Permission.OFFER_EDIT, "community__path"), need_id)


def _draft(need: Need, kind: OfferKind, by: str) -> Offer:
    offer = offer_from(need, kind)
    if kind.timed:
        day = proposed_day(clock.today(), value_of(NOTICE_DAYS, offer.community))
        offer.starts_at = datetime.combine(day, FROM, clock.ZONE)
        offer.ends_at = datetime.combine(day, UNTIL, clock.ZONE)
    offer.created_at, offer.created_by = clock.now(), by
    offer.save()
    return offer


@command
def open_needs(actor: Actor, *, offer: Offer) -> None:
    """The offer was published: needs that wait for it are open now.

    The caller has locked the offer through its own scope; a need that was closed meanwhile stays
    closed, and is answered by nothing. Refused where the offer is for one person who does not wait
    for it any more.
    """
    rows = _locked_needs(offer)
    waiting = [need for need in rows if need.state in WAITING]
    if offer.kind.answers_one and not waiting:
        raise Refused(
            "offer.nobody-waits",
            gettext_noop("Whoever it was for does not wait for it any more; cancel the draft."),
        )
    for need in waiting:
        open_need(actor, need, offer.title)
    for need in rows:
        if need.state in CLOSED:
            _end(need, clock.now())


@command
def release_needs(actor: Actor, *, offer: Offer) -> None:
    """The offer was cancelled, or closed without help: its open needs wait for another.

    The caller has locked the offer. Needs that only waited for its publication forget it.
    """
    rows = _locked_needs(offer)
    _release(actor, offer, [need for need in rows if need.state in NEED.live])


@command
def meet_needs(actor: Actor, *, offer: Offer, met_ids: Collection[UUID]) -> None:
    """After the roll: these needs of the offer are met.

    Its other open needs stay open while the offer is published, and wait for another once it is
    over. The caller has locked the offer. One that is no longer open is left as it is; raises
    `Absent` for one that is no need of this offer.
    """
    met = set(met_ids)
    rows = _locked_needs(offer)
    if not met <= {need.pk for need in rows}:
        raise Absent("need")
    opened = [need for need in rows if need.state == NeedState.OPEN]
    for need in opened:
        if need.pk in met:
            meet(actor, need)
    if offer.state != OfferState.PUBLISHED:
        _release(actor, offer, [need for need in opened if need.pk not in met])


def _locked_needs(offer: Offer) -> list[Need]:
    """The needs that a locked offer answers, locked; until they are, an answer may still end, or
    be carried to another need."""
    live = live_answers().filter(offer=offer).values_list("need", flat=True)
    rows: dict[UUID, Need] = {}
    while not (ids := set(live.all())) <= rows.keys():
        rows |= {need.pk: need for need in lock_many(need_rows(), ids - rows.keys())}
    return [rows[pk] for pk in sorted(ids)]


def _release(actor: Actor, offer: Offer, rows: Sequence[Need]) -> None:
    for need in rows:
        if need.state == NeedState.OPEN:
            release_need(actor, need, offer.title)
        _end(need, clock.now())


def _begin(offer: Offer, need: Need, at: datetime) -> None:
    """From now on this offer answers a locked need, and no other."""
    _end(need, at)
    Answer.objects.create(offer=offer, need=need, since=at)


def _end(need: Need, at: datetime) -> None:
    live_answers().filter(need=need).update(until=at)


def _conclude(actor: Actor, offer: Offer, need: Need) -> None:
    """End a locked offer for one person with the need that it answered."""
    if need.state == NeedState.MET:
        check_met(offer.title, taken_on=offer_claims().serving(offer))
        finish(actor, offer, need.reason)
    elif is_recorded(offer):
        finish(actor, offer, need.reason)
    else:
        check_nameless([need.reason], [need.asker])
        call_off(actor, offer, need.reason)


@register
class OfferAnswers:
    """What the pages of needs show of offers, and what becomes of an answer with its need."""

    buttons = "offers/need_buttons.html"

    def beside(self, rows: QuerySet[Need]) -> QuerySet[Need]:
        return beside(rows)

    def taken_on(self, need: Need) -> bool:
        answer = live_answers().select_related("offer").filter(need=need).first()
        if answer is None or not answer.offer.kind.personal:
            return False
        return offer_claims().serving(answer.offer)

    def lock_for(self, need_id: UUID) -> Collection[UUID]:
        ids = list(live_answers().filter(need=need_id).values_list("offer", flat=True))
        return {offer.pk for offer in lock_many(Offer.objects.all(), ids)}

    def conclude(self, actor: Actor, need: Need, locked: Collection[UUID]) -> None:
        answer = live_answers().select_related("offer").filter(need=need).first()
        offer = answer.offer if answer else None
        if offer is None or not offer.kind.answers_one or offer.state != OfferState.PUBLISHED:
            return
        if offer.pk not in locked:
            raise AnswersChanged
        if not needs_of(offer).filter(state__in=NEED.live).exists():
            _conclude(actor, offer, need)

    def announced(self, community: Organisation) -> Sequence[PublicOffer]:
        return announced(community)

    def end(self, need: Need, at: datetime) -> None:
        _end(need, at)

    def carry(self, need: Need, into: Need, at: datetime) -> None:
        answer = live_answers().select_related("offer").filter(need=need).first()
        _end(need, at)
        if answer is not None and not live_answers().filter(need=into).exists():
            _begin(answer.offer, into, at)

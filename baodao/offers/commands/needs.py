"""What a community does with needs: screen, merge, close, open again; what offers do to them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock, lock_many
from baodao.ledger.queries import categories_of
from baodao.offers.commands.need_stages import enter
from baodao.offers.models import Need, Offer
from baodao.offers.queries.needs import need_rows, needs
from baodao.offers.rules import WAITING, NeedState, move_need
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.needs import (
    Asked,
    check_asked,
    check_close,
    check_same,
    check_taken_on,
    move_back,
)


@command
def open_needs(actor: Actor, *, offer: Offer) -> None:
    """The offer was published: needs that wait for it are open now.

    The caller has locked the offer through its own scope; a need that was closed meanwhile stays
    closed.
    """
    for need in _locked_of(offer, WAITING):
        at = clock.now()
        enter(need, NeedState.OPEN, at, opened_at=at, screened_at=need.screened_at or at)
        journal.write(actor, "need.opened", need.pk, need.community_id, offer=offer.title)


@command
def release_needs(actor: Actor, *, offer: Offer) -> None:
    """The offer was cancelled, or closed without help: its open needs wait for another.

    The caller has locked the offer. Needs that only waited for its publication forget it.
    """
    for need in _locked_of(offer, (*WAITING, NeedState.OPEN)):
        _release(actor, need, offer)


@command
def meet_needs(actor: Actor, *, offer: Offer, met_ids: Collection[UUID]) -> None:
    """After the roll: these needs of the offer are met.

    Its other open needs stay open while the offer is published, and wait for another once it is
    over. The caller has locked the offer. One that is no longer open is left as it is; raises
    `Absent` for an id that is no need of this offer.
    """
    wanted = set(met_ids)
    if Need.objects.filter(offer=offer, pk__in=wanted).count() != len(wanted):
        raise Absent("need")
    for need in _locked_of(offer, (NeedState.OPEN,)):
        if need.pk in wanted:
            _close(actor, need, NeedState.MET, "")
        elif offer.state != OfferState.PUBLISHED:
            _release(actor, need, offer)


def _locked_of(offer: Offer, states: Sequence[NeedState]) -> list[Need]:
    """The offer's needs that are in these states once they are locked, by primary key."""
    rows = need_rows().select_for_update(of=("self",), no_key=True)
    return list(rows.filter(offer=offer, state__in=states).order_by("pk"))


def _release(actor: Actor, need: Need, offer: Offer) -> None:
    need.offer, need.opened_at = None, None
    if need.state == NeedState.OPEN:
        enter(need, NeedState.SCREENED, clock.now())
        journal.write(actor, "need.released", need.pk, need.community_id, offer=offer.title)
    need.save(update_fields=["offer", "opened_at"])


def _close(actor: Actor, need: Need, state: NeedState, reason: str) -> None:
    """Close a locked need; earlier words of those who asked make room for new ones."""
    at = clock.now()
    enter(need, state, at, closed_at=at, reason=reason)
    asked = Need.objects.filter(pk=need.pk) | Need.objects.filter(merged_into=need)
    asked.update(satisfied="", answered_at=None, remark="")
    if state is NeedState.MET:
        journal.write(actor, "need.met", need.pk, need.community_id, code=need.code)
    else:
        journal.write(
            actor, "need.unmet", need.pk, need.community_id, code=need.code, reason=reason
        )


@command
def screen(actor: Actor, *, need_id: UUID, category: str, urgency: str, place: str = "") -> Need:
    """Take a need on, with what it is about, how soon and where put right."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    move_need(need.state, NeedState.SCREENED)
    at = clock.now()
    about = _about(need, category, urgency, place)
    enter(need, NeedState.SCREENED, at, screened_at=at, **about)
    journal.write(actor, "need.screened", need.pk, need.community_id, code=need.code)
    return need


def _about(need: Need, category: str, urgency: str, place: str) -> dict[str, str]:
    """The fields of what a need is about, as they may be kept."""
    asked = Asked(need.text, category, place, urgency)
    clean = check_asked(asked, categories_of(need.community))
    return {"category": clean.category, "urgency": clean.urgency, "place": clean.place}


@command
def correct(actor: Actor, *, need_id: UUID, category: str, urgency: str, place: str = "") -> Need:
    """Put right what a need that was taken on is about; the journal keeps what stood there."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    check_taken_on(need.state)
    about = _about(need, category, urgency, place)
    was = {name: getattr(need, name) for name in about if getattr(need, name) != about[name]}
    if was:
        for name, value in about.items():
            setattr(need, name, value)
        need.save(update_fields=list(about))
        journal.write(actor, "need.corrected", need.pk, need.community_id, **was)
    return need


@command
def close_need(actor: Actor, *, need_id: UUID, met: bool, reason: str = "") -> Need:
    """Met, or not met with the reason that the asker reads."""
    words = check_close(met=met, reason=reason)
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    _close(actor, need, NeedState.MET if met else NeedState.UNMET, words)
    return need


@command
def reopen(actor: Actor, *, need_id: UUID) -> Need:
    """A closed need waits for an offer again."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    back(need)
    journal.write(actor, "need.reopened", need.pk, need.community_id, code=need.code)
    return need


def back(need: Need) -> None:
    """Let a locked, closed need be looked after again; refused with how it stands."""
    at = clock.now()
    fresh = {"offer": None, "opened_at": None, "closed_at": None, "reason": ""}
    enter(need, move_back(need.state), at, screened_at=need.screened_at or at, **fresh)


@command
def merge(actor: Actor, *, need_id: UUID, into_id: UUID) -> Need:
    """The same thing was asked twice: whoever asked it here follows the other from now on.

    What was merged into this one before goes along. A draft made of it answers the other.
    """
    if need_id == into_id:
        raise Refused("need.itself", gettext_noop("Choose another need; this is the same one."))
    rows = lock_many(needs(actor, Permission.NEED_SCREEN), [need_id, into_id])
    held = {row.pk: row for row in rows}
    need, into = held[need_id], held[into_id]
    if need.community_id != into.community_id:
        raise Absent("need")
    move_need(need.state, NeedState.MERGED)
    check_same(into.state)
    if into.offer_id is None and need.offer_id is not None:
        into.offer = need.offer
        into.save(update_fields=["offer"])
    enter(need, NeedState.MERGED, clock.now(), merged_into=into, offer=None)
    Need.objects.filter(merged_into=need).update(merged_into=into)
    journal.write(actor, "need.merged", need.pk, need.community_id, into=into.code)
    journal.write(actor, "need.absorbed", into.pk, into.community_id, code=need.code)
    return into

"""What a community does with needs: screen, put right, close, open again, merge."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.ledger.queries.categories import categories_of
from baodao.needs.models import Need
from baodao.needs.queries.answers import AnswersChanged, answers
from baodao.needs.queries.needs import need_of, needs
from baodao.needs.rules.life import CLOSED, NEED, NeedState, check_close
from baodao.needs.rules.requests import NeedFacts, check_facts
from baodao.orgs.queries.tree import standing_of


@command
def screen(actor: Actor, *, need_id: UUID, category: str, urgency: str, place: str = "") -> Need:
    """Take a need on, with what it is about, how soon and where put right."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    NEED.check(need.state, NeedState.COLLECTED)
    at = clock.now()
    about = _about(need, category, urgency, place)
    move([need], NeedState.SCREENED, at, screened_at=at, **about)
    journal.write(actor, "need.screened", need.pk, need.community_id, code=need.code)
    return need


def _about(need: Need, category: str, urgency: str, place: str) -> dict[str, str]:
    """The fields of what a need is about, as they may be kept."""
    facts = NeedFacts(need.text, category, place, urgency)
    clean = check_facts(facts, categories_of(need.community, need.category))
    return {"category": clean.category, "urgency": clean.urgency, "place": clean.place}


@command
def edit(actor: Actor, *, need_id: UUID, category: str, urgency: str, place: str = "") -> Need:
    """Put right what a need that was taken on is about; the journal keeps what stood there."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    NEED.check(need.state, NeedState.SCREENED, NeedState.OPEN)
    about = _about(need, category, urgency, place)
    was = {name: getattr(need, name) for name in about if getattr(need, name) != about[name]}
    if was:
        for name, value in about.items():
            setattr(need, name, value)
        need.save(update_fields=list(about))
        journal.write(actor, "need.corrected", need.pk, need.community_id, **was)
    return need


def close_need(actor: Actor, *, need_id: UUID, met: bool, reason: str = "") -> Need:
    """Met, or not met with the reason that the asker reads, and whoever took it on: an offer for
    this asker alone is over with it."""
    words = check_close(met=met, reason=reason)
    while True:
        try:
            return _close(actor, need_id=need_id, met=met, reason=words)
        except AnswersChanged:
            continue


@command
def _close(actor: Actor, *, need_id: UUID, met: bool, reason: str) -> Need:
    locked = answers().lock_for(need_of(actor, Permission.NEED_SCREEN, need_id).pk)
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    if met:
        meet(actor, need, reason)
    else:
        end_need(need, NeedState.UNMET, reason)
        journal.write(
            actor, "need.unmet", need.pk, need.community_id, code=need.code, reason=reason
        )
    answers().conclude(actor, need, locked)
    return need


def meet(actor: Actor, need: Need, reason: str = "") -> None:
    """Close a locked need as met."""
    end_need(need, NeedState.MET, reason)
    journal.write(actor, "need.met", need.pk, need.community_id, code=need.code)


def end_need(need: Need, state: NeedState, reason: str) -> None:
    """Close a locked need; earlier words of those who asked make room for new ones."""
    at = clock.now()
    move([need], state, at, closed_at=at, reason=reason)
    rows = Need.objects.filter(pk=need.pk) | Need.objects.filter(merged_into=need)
    rows.update(satisfied="", answered_at=None, remark="")


@command
def reopen(actor: Actor, *, need_id: UUID) -> Need:
    """A closed need waits for an offer again."""
    need = lock(needs(actor, Permission.NEED_SCREEN), need_id)
    look_again(need)
    journal.write(actor, "need.reopened", need.pk, need.community_id, code=need.code)
    return need


def look_again(need: Need) -> None:
    """Let a locked, closed need be looked after again; refused with how it stands."""
    NEED.check(need.state, *CLOSED)
    at = clock.now()
    anew = {"opened_at": None, "closed_at": None, "reason": ""}
    move([need], NeedState.SCREENED, at, screened_at=need.screened_at or at, **anew)
    answers().end(need, at)


@command
def merge(actor: Actor, *, need_id: UUID, into_id: UUID) -> Need:
    """The same thing was asked twice: whoever asked it here follows the other from now on.

    What was merged into this one before goes along. A draft made of it answers the other.
    """
    if need_id == into_id:
        raise Refused("need.itself", gettext_noop("Choose another need; this is the same one."))
    rows = lock_many(needs(actor, Permission.NEED_SCREEN), [need_id, into_id])
    by_id = {row.pk: row for row in rows}
    need, into = by_id[need_id], by_id[into_id]
    if standing_of(need.community) != standing_of(into.community):
        raise Absent("need")
    NEED.move(need.state, NeedState.MERGED)
    NEED.check(into.state, *NEED.live)
    at = clock.now()
    move([need], NeedState.MERGED, at, merged_into=into)
    Need.objects.filter(merged_into=need).update(merged_into=into)
    answers().carry(need, into, at)
    journal.write(actor, "need.merged", need.pk, need.community_id, into=into.code)
    journal.write(actor, "need.absorbed", into.pk, into.community_id, code=need.code)
    return into

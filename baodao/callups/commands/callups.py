"""A call-up from its draft to its end: prepared, sent, stood down."""

from uuid import UUID

from django.db import connection

from baodao.callups.models import CallPost, CallTarget, CallUp, Summons
from baodao.callups.queries.audience import audience_of, preview_of
from baodao.callups.queries.callups import CALL_UP, call_rows, calls_of, twin_of
from baodao.callups.rules.callups import (
    NOT_OVER,
    CallFacts,
    CallStage,
    check_call,
    check_single,
    check_somebody,
    check_stage,
    check_start,
)
from baodao.callups.rules.notices import CALL, STAND_DOWN
from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.notices.commands.many import announce_to_all
from baodao.offers.commands.endings import call_off, finish
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import has_begun, when_words
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations, organisations_anywhere
from baodao.orgs.rules.tree import Kind

CALLERS = (Kind.STREET, Kind.COMMUNITY)
"""Who calls up: what is larger calls through its streets."""

TARGETS = (Kind.COMMUNITY, Kind.GRID, Kind.TEAM, Kind.UNIT)
WORDS = ("title", "reason", "spot", "task", "skills")


@command
def draft_call(actor: Actor, *, caller_id: int, facts: CallFacts) -> CallUp:
    """Prepare a call-up of a street or a community; nobody is told of it before it is sent."""
    caller = lock(organisations(actor, CALL_UP).filter(kind__in=CALLERS), caller_id)
    check_open(caller)
    call = CallUp(caller=caller, drafted_by=actor.name, drafted_at=clock.now())
    _write(call, facts)
    journal.write(actor, "callup.drafted", call.pk, caller.pk, title=call.title)
    return call


@command
def edit_call(actor: Actor, *, call_id: UUID, facts: CallFacts) -> CallUp:
    """Put a call-up right that was not sent yet."""
    call = lock(calls_of(actor), call_id)
    check_stage(call.stage, CallStage.DRAFT)
    _write(call, facts)
    journal.write(actor, "callup.edited", call.pk, call.caller_id, title=call.title)
    return call


def _write(call: CallUp, facts: CallFacts) -> None:
    check_call(facts, clock.now())
    for name in WORDS:
        setattr(call, name, getattr(facts, name).strip())
    call.starts_at = facts.starts_at
    call.save()
    rows = organisations_anywhere().filter(pk__in=facts.target_ids, kind__in=TARGETS)
    rows = rows.filter(closed_at=None)
    targets = list(rows)
    if len(targets) != len(set(facts.target_ids)) or not all(_hangs(call, one) for one in targets):
        raise Absent("organisation")
    call.targets.all().delete()
    CallTarget.objects.bulk_create([CallTarget(call=call, organisation=one) for one in targets])


def _hangs(call: CallUp, target: Organisation) -> bool:
    """Places lie in the caller; a unit may be anywhere: of it those are called who are here."""
    return target.kind == Kind.UNIT or target.path.startswith(call.caller.path)


@command
def send_call(actor: Actor, *, call_id: UUID, another: bool = False) -> CallUp:
    """Call: the worker tells everybody at once, whatever the hour, each of them once. Refused while
    one with the same words goes on, unless this is said to be `another`. Cannot be taken back: it
    is read at once; who was called in error is told by standing down."""
    call = lock(calls_of(actor), call_id)
    check_stage(call.stage, CallStage.DRAFT)
    check_open(call.caller)
    check_start(call.starts_at, clock.now())
    check_somebody(preview_of(call).people)
    twin = twin_of(call)
    check_single(twin.called_at if twin else None, another=another)
    call.called_at, call.called_by = clock.now(), actor.name
    call.save(update_fields=["called_at", "called_by"])
    journal.write(actor, "callup.sent", call.pk, call.caller_id, title=call.title)
    jobs.defer("callups.summon", lock=f"callups.summon:{call.pk}", call_id=str(call.pk))
    return call


_SUMMON = """
    INSERT INTO callups_summons
        (id, call_id, person_id, community_id, branch_id, reached, called_at, answer, telephone)
    SELECT gen_random_uuid(), %s, person, community, branch, reached, %s, '', ''
    FROM ({audience}) AS audience(person, community, branch, reached)"""


@command
def summon(actor: Actor, *, call_id: UUID) -> int:  # noqa: ARG001 - the worker is nobody
    """Write a summons to everybody whom a call-up calls at this instant, and tell them: two
    statements in one transaction, so that a worker that is killed leaves nothing, and another one
    begins anew. Run again it does nothing. How many were called."""
    call = lock(call_rows(), call_id)
    if call.stage is not CallStage.SENDING:
        return 0
    columns = ("person", "community", "branch_now", "reached_now")
    sql, parameters = audience_of(call).values_list(*columns).query.sql_with_params()
    call.sent_at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_SUMMON.format(audience=sql), [call.pk, call.sent_at, *parameters])
        count: int = cursor.rowcount
    facts = {
        "caller": call.caller.name,
        "title": call.title,
        "when": when_words(call.starts_at),
        "spot": call.spot,
        "task": call.task,
    }
    reached = Summons.objects.filter(call=call, reached=True)
    announce_to_all(CALL, reached.values_list("person"), about=call.pk, facts=facts)
    call.save(update_fields=["sent_at"])
    return count


@command
def stand_down(actor: Actor, *, call_id: UUID, reason: str) -> CallUp:
    """End a call-up, or lay a draft aside: what has not begun is called off, what has begun is
    recorded by its list, and the worker tells everybody who was called. What was stays as it
    was."""
    why = check_reason(reason)
    call = lock(calls_of(actor), call_id)
    check_stage(call.stage, *NOT_OVER)
    for offer in _publish_posts(call):
        _close_post(actor, offer, why)
    call.ended_at, call.ended_reason, call.end_told_at = clock.now(), why, None
    call.save(update_fields=["ended_at", "ended_reason", "end_told_at"])
    verb = "callup.over" if call.called_at else "callup.dropped"
    journal.write(actor, verb, call.pk, call.caller_id, title=call.title, reason=why)
    if call.called_at:
        jobs.defer("callups.tell_over", lock=f"callups.tell_over:{call.pk}", call_id=str(call.pk))
    return call


@command
def tell_over(actor: Actor, *, call_id: UUID) -> int:  # noqa: ARG001 - the worker is nobody
    """Tell everybody who was called that it was stood down, in one statement; run again it does
    nothing. How many were told."""
    call = lock(call_rows(), call_id)
    if call.stage is not CallStage.OVER or call.end_told_at:
        return 0
    call.end_told_at = clock.now()
    call.save(update_fields=["end_told_at"])
    facts = {"caller": call.caller.name, "title": call.title, "reason": call.ended_reason}
    reached = Summons.objects.filter(call=call, reached=True, person__account__is_active=True)
    return announce_to_all(STAND_DOWN, reached.values_list("person"), about=call.pk, facts=facts)


def _publish_posts(call: CallUp) -> list[Offer]:
    """The posts that are not over, locked."""
    ids = CallPost.objects.filter(call=call, offer__state=OfferState.PUBLISHED)
    return lock_many(offer_rows(), ids.values_list("offer", flat=True))


def _close_post(actor: Actor, offer: Offer, why: str) -> None:
    """What has not begun is called off; what has begun without anybody is over; the others wait for
    their list."""
    if offer.state != OfferState.PUBLISHED:
        return
    if not has_begun(offer.starts_at, clock.now()):
        call_off(actor, offer, why)
    elif not offer_claims().expected(offer):
        finish(actor, offer, why)

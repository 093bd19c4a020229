"""Writing the supply ledger of a call-up: an entry, and the counter entry that takes it back."""

from uuid import UUID

from baodao.callups.models import CallUp, SupplyEntry
from baodao.callups.queries.callups import CALL_UP, calls_in, one_supply
from baodao.callups.queries.supplies import balance_of, check_counterable
from baodao.callups.rules.callups import CallStage, check_stage
from baodao.callups.rules.supplies import (
    SupplyFacts,
    check_balance,
    check_supply,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock


@command
def add_supply(actor: Actor, *, call_id: UUID, facts: SupplyFacts) -> SupplyEntry:
    """Write down what came in or went out; nothing goes out that is not there."""
    call = _locked(actor, call_id)
    check_supply(facts)
    entry = SupplyEntry(
        call=call,
        item=facts.item.strip(),
        unit=facts.unit.strip(),
        amount=facts.signed,
        party=facts.party.strip(),
        remark=facts.remark.strip(),
    )
    return _write(actor, entry)


@command
def counter_supply(actor: Actor, *, entry_id: UUID, reason: str) -> SupplyEntry:
    """Take an entry back by a counter entry, with a reason; both stay in the ledger."""
    why = check_reason(reason)
    call = _locked(actor, one_supply(actor, entry_id).call_id)
    wrong = SupplyEntry.objects.select_related("correction").get(pk=entry_id)
    check_counterable(wrong)
    entry = SupplyEntry(
        call=call,
        item=wrong.item,
        unit=wrong.unit,
        amount=-wrong.amount,
        party=wrong.party,
        remark=why,
        corrects=wrong,
    )
    return _write(actor, entry)


def _locked(actor: Actor, call_id: UUID) -> CallUp:
    """The call-up, so that what is left is counted by one at a time."""
    call = lock(calls_in(actor, CALL_UP), call_id)
    check_stage(call.stage, CallStage.SENDING, CallStage.OPEN)
    return call


def _write(actor: Actor, entry: SupplyEntry) -> SupplyEntry:
    left = balance_of(entry.call, entry.item, entry.unit)
    check_balance(entry.item, entry.unit, left, entry.amount)
    entry.at, entry.written_by = clock.now(), actor.name
    entry.save()
    verb = "callup.supply-reversed" if entry.corrects_id else "callup.supply"
    journal.write(actor, verb, entry.call_id, entry.call.caller_id, title=entry.item)
    return entry

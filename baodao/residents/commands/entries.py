"""Who somebody stands by, sealed: written down, read in clear, forgotten."""

from collections.abc import Callable, Iterable
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.entries import without_need
from baodao.residents.rules.entries import (
    HouseholdEntry,
    check_entry_complete,
    check_free_words,
)

Withdrawal = Callable[[Actor, UUID], None]
"""Calls off what is offered for the household of an entry and nobody has taken on."""

_withdrawals: list[Withdrawal] = []


def register_withdrawals(withdraw: Withdrawal) -> None:
    """Let a file that is over by its day take with it what a slice offers for its household and
    nobody has taken on; called by each slice that offers something for one when it starts."""
    _withdrawals.append(withdraw)


def withdraw_for(actor: Actor, household_id: UUID) -> None:
    """Call off what nobody has taken on: it would name the household to who does."""
    for withdraw in _withdrawals:
        withdraw(actor, household_id)


def write_entry(actor: Actor, household_id: UUID, entry: HouseholdEntry) -> SealedHousehold:
    """Keep an entry, in place of what stood there before, for a slice that has checked who may;
    refused where it says not who it is or not what is hard."""
    row = new_entry(actor, household_id, entry)
    row.save()
    return row


def new_entry(actor: Actor, household_id: UUID, entry: HouseholdEntry) -> SealedHousehold:
    """An entry that the caller keeps; refused as `write_entry` does."""
    check_entry_complete(entry)
    check_free_words(entry.hardship, entry.address)
    row = SealedHousehold(id=household_id, written_at=clock.now(), written_by=actor.name)
    for name in ("name", "phone", "address", "hardship"):
        setattr(row, name, getattr(entry, name).strip())
    return row


def entry_in(row: SealedHousehold | None) -> HouseholdEntry:
    """An entry in clear, for a command that has checked who may read it and writes that down.
    Refused where there is none."""
    if row is None:
        raise Refused(
            "household.unwritten",
            gettext_noop("It is not written down who is helped. The community knows."),
        )
    return HouseholdEntry(row.name, row.hardship, row.phone, row.address)


def forget_entries(household_ids: Iterable[UUID]) -> set[UUID]:
    """Delete those of these entries that nothing needs any more, for the slice that pointed at them
    and writes it down; which they were."""
    gone = set(without_need(household_ids).values_list("pk", flat=True))
    SealedHousehold.objects.filter(pk__in=gone).delete()
    return gone


def forget_hardships(household_ids: Iterable[UUID]) -> None:
    """Empty what is hard for these households, of whom who they are is still needed."""
    for row in SealedHousehold.objects.filter(pk__in=list(household_ids)):
        row.hardship = ""
        row.save(update_fields=["hardship_sealed"])

"""Telling of transfers between units: what became of them, for those above who speak to people."""

from collections.abc import Iterable

from baodao.people.models import UnitTransfer
from baodao.people.queries.members import unit_of
from baodao.people.rules.transfers import TransferNews, TransferState, tell


def tell_of_transfers(transfers: Iterable[UnitTransfer]) -> None:
    """Let both units, and of an accepted transfer the member, be told how it stands."""
    tell([_news(transfer) for transfer in transfers])


def _news(transfer: UnitTransfer) -> TransferNews:
    giving = unit_of(transfer.from_branch)
    return TransferNews(
        transfer_id=transfer.pk,
        state=TransferState(transfer.state),
        person_id=transfer.person_id,
        name=transfer.person.name,
        giving_id=giving.pk,
        giving=giving.name,
        receiving_id=transfer.unit_id,
        receiving=transfer.unit.name,
        reason=transfer.reason,
    )

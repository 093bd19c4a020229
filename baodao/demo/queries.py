"""Whether this database is a demo, and the accounts one may enter with a click."""

from dataclasses import dataclass
from uuid import UUID

from baodao.accounts.models import Account
from baodao.accounts.queries import accounts, operator
from baodao.demo.cast import CAST, Seat
from baodao.demo.models import DemoWorld
from baodao.kernel.errors import Absent


@dataclass(frozen=True)
class Entry:
    """A seat that is taken by an account."""

    seat: Seat
    account_id: UUID


def world() -> DemoWorld | None:
    """The mark of a demo database, or None."""
    return DemoWorld.objects.first()


def entries() -> list[Entry]:
    """The seats of the demo in their order; none outside a demo."""
    held = world()
    cast: dict[str, str] = held.cast if held else {}
    return [Entry(seat, UUID(cast[seat.username])) for seat in CAST if seat.username in cast]


def account_of(username: str) -> Account:
    """The account of a seat; raises `Absent` for anything else and outside a demo."""
    entry = next((one for one in entries() if one.seat.username == username), None)
    if entry is None:
        raise Absent("seat")
    return accounts(operator()).get(pk=entry.account_id)

"""Whether this database is a demo, and the accounts one may enter with a click."""

from dataclasses import dataclass
from uuid import UUID

from baodao.accounts.models import Account
from baodao.accounts.queries import accounts, operator
from baodao.demo.cast import CAST, CastPart
from baodao.demo.models import DemoPart, DemoWorld
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared


@dataclass(frozen=True)
class Casting:
    """A part that is taken by an account."""

    part: CastPart
    account_id: UUID


def world() -> DemoWorld | None:
    """The mark of a demo database, or None."""
    return _WORLD.first()


_WORLD = Prepared(lambda: DemoWorld.objects.order_by("pk")[:1])
"""Every page asks."""


def castings() -> list[Casting]:
    """The parts of the demo in their order; none outside a demo."""
    if world() is None:
        return []
    cast = dict(DemoPart.objects.values_list("id", "account_id"))
    return [Casting(part, cast[part.username]) for part in CAST if part.username in cast]


def account_of(username: str) -> Account:
    """The account of a part; raises `Absent` for anything else and outside a demo."""
    casting = next((one for one in castings() if one.part.username == username), None)
    if casting is None:
        raise Absent("part")
    return accounts(operator()).get(pk=casting.account_id)

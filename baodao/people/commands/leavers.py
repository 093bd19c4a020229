"""What waits for another unit about somebody who is no longer a member."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.stages import move
from baodao.people.commands.endings import EndingRows
from baodao.people.commands.news import tell_of_transfers
from baodao.people.models import UnitTransfer
from baodao.people.rules.departures import Departure
from baodao.people.rules.transfers import TransferState


def withdraw_transfers(gone: Sequence[UUID]) -> None:
    """Let these persons wait for no other unit any more, which is told: their unit could not let
    them go."""
    _withdraw(list(_waiting(gone)))


def _waiting(gone: Sequence[UUID]) -> QuerySet[UnitTransfer]:
    rows = UnitTransfer.objects.filter(person__in=gone, state=TransferState.PROPOSED)
    return rows.select_related("person", "from_branch__parent", "unit")


def _withdraw(waiting: Sequence[UnitTransfer]) -> None:
    now = clock.now()
    move(waiting, TransferState.WITHDRAWN, now, decided_at=now)
    tell_of_transfers(waiting)


def _of_departed(departures: Sequence[Departure]) -> QuerySet[UnitTransfer]:
    return _waiting([one.person_id for one in departures])


def _end(_actor: Actor, rows: Sequence[UnitTransfer], _gone: Mapping[UUID, Departure]) -> None:
    _withdraw(rows)


def _again(_actor: Actor, rows: Sequence[UnitTransfer]) -> None:
    tell_of_transfers(rows)


TRANSFERS = EndingRows(
    UnitTransfer,
    ("state", "decided_at"),
    _of_departed,
    _end,
    words=gettext_noop("transfers to another unit"),
    again=_again,
)

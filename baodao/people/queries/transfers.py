"""Members on the way between units, as the one sees them that gives and the other that receives."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.people.models import UnitTransfer
from baodao.people.rules.policies import TRANSFER_DAYS
from baodao.people.rules.transfers import TransferState


def _rows() -> QuerySet[UnitTransfer]:
    return UnitTransfer.objects.select_related("person", "from_branch__parent", "unit")


def transfers(actor: Actor, permission: Permission) -> QuerySet[UnitTransfer]:
    """Transfers on either side of which the actor holds `permission`, the newest first."""
    rows = within(_rows(), actor, permission, "from_branch__path", "unit__path")
    return rows.order_by("-proposed_at")


def outgoing(actor: Actor) -> QuerySet[UnitTransfer]:
    """Transfers that the actor's side has proposed."""
    return within(_rows(), actor, Permission.PERSON_EDIT, "from_branch__path")


def incoming(actor: Actor) -> QuerySet[UnitTransfer]:
    """Transfers that the actor's side may take in."""
    return within(_rows(), actor, Permission.PERSON_EDIT, "unit__path")


def waiting_for(actor: Actor, place: Organisation) -> QuerySet[UnitTransfer]:
    """Transfers that wait for the unit at or below `place`."""
    rows = incoming(actor).filter(unit__path__startswith=place.path)
    return rows.filter(state=TransferState.PROPOSED)


@dataclass(frozen=True)
class WaitingTransfers:
    """How many members wait to be taken in by a unit, and how many of its own wait elsewhere."""

    arriving: int
    leaving: int


def waiting_transfers(actor: Actor, unit: Organisation) -> Question[WaitingTransfers]:
    """Both directions, of what the actor may answer or take back."""
    arriving, leaving = _ARRIVING.number(actor, unit), _LEAVING.number(actor, unit)
    return together(WaitingTransfers, arriving=arriving, leaving=leaving)


def _arriving(actor: Actor, unit: Organisation) -> QuerySet[UnitTransfer, UUID]:
    return waiting_for(actor, unit).order_by().values_list("pk", flat=True)


def _leaving(actor: Actor, unit: Organisation) -> QuerySet[UnitTransfer, UUID]:
    rows = outgoing(actor).filter(state=TransferState.PROPOSED)
    ours = rows.filter(from_branch__path__startswith=unit.path)
    return ours.order_by().values_list("pk", flat=True)


_ARRIVING, _LEAVING = Prepared(_arriving), Prepared(_leaving)


def proposed_transfers() -> QuerySet[UnitTransfer]:
    """Every transfer that waits for the receiving unit, for slices above."""
    return UnitTransfer.objects.filter(state=TransferState.PROPOSED)


def overdue_transfers() -> QuerySet[UnitTransfer]:
    """Transfers that nobody answered within the time that holds for the receiving unit."""
    rows = _rows().filter(state=TransferState.PROPOSED)
    return rows.filter(proposed_at__lt=days_ago(TRANSFER_DAYS, "unit__path"))

"""A member moves to another unit: proposed by the one, taken in by the other, in one act."""

from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, places
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import close, depart
from baodao.people.commands.news import tell_of_transfers
from baodao.people.models import Membership, UnitTransfer
from baodao.people.queries.members import current, lock_persons, memberships, unit_of
from baodao.people.queries.transfers import (
    incoming,
    outgoing,
)
from baodao.people.rules.departures import Departure, Ending, check_day
from baodao.people.rules.transfers import TransferState


@command
def propose_transfer(
    actor: Actor, *, person_id: UUID, unit_id: int, on: date, note: str = ""
) -> UnitTransfer:
    """Ask another open unit to take a member in as of a day; they stay until it does."""
    lock_persons([person_id])
    membership = memberships(actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if membership is None:
        raise Absent("person")
    unit = places(Kind.UNIT).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("unit")
    if membership.branch.path.startswith(unit.path):
        raise Refused(
            "transfer.same-unit",
            gettext_noop("The member belongs to this unit already. Choose another unit."),
        )
    check_day(on, membership.from_on, clock.today())
    if UnitTransfer.objects.filter(person=person_id, state=TransferState.PROPOSED).exists():
        raise Refused(
            "transfer.waits",
            gettext_noop("A transfer of this member waits for an answer. Take it back first."),
        )
    transfer = UnitTransfer.objects.create(
        person_id=person_id,
        from_branch=membership.branch,
        unit=unit,
        on=on,
        note=check_length(note.strip(), 200),
        proposed_by=actor.name,
    )
    _note(actor, transfer, "transfer.proposed")
    tell_of_transfers([transfer])
    return transfer


@command
def accept_transfer(actor: Actor, *, transfer_id: UUID, branch_id: int) -> UnitTransfer:
    """Take a member into one of the unit's open branches; out there and in here is one act."""
    transfer = _locked(actor, transfer_id)
    branch = _branch_of(transfer.unit, branch_id)
    membership = current().filter(person=transfer.person_id).first()
    if membership is None or membership.branch.path.startswith(transfer.unit.path):
        raise Refused(
            "transfer.moved-on",
            gettext_noop("The member has left the other unit meanwhile. Add them by hand."),
        )
    membership = lock(Membership.objects.filter(closed_at=None), membership.pk)
    now = clock.now()
    move([transfer], TransferState.ACCEPTED, now, decided_at=now, decided_by=actor.name)
    closed_at = close(membership, transfer.on, Ending.TRANSFERRED)
    Membership.objects.create(
        person_id=transfer.person_id,
        branch=branch,
        standing=membership.standing,
        grade=membership.grade,
        lives_in_city=membership.lives_in_city,
        from_on=max(transfer.on, membership.from_on),
        recorded_at=closed_at,
    )
    _note(actor, transfer, "transfer.accepted")
    left = Departure(transfer.person_id, membership.branch_id, Ending.TRANSFERRED, transfer.on)
    depart(actor, [left])
    tell_of_transfers([transfer])
    return transfer


@command
def decline_transfer(actor: Actor, *, transfer_id: UUID, reason: str) -> UnitTransfer:
    """The receiving unit does not take the member in; they stay where they are."""
    why = check_reason(reason)
    transfer = _locked(actor, transfer_id)
    return _decide(actor, transfer, TransferState.DECLINED, "transfer.declined", why)


@command
def withdraw_transfer(actor: Actor, *, transfer_id: UUID) -> UnitTransfer:
    """The giving unit takes its proposal back."""
    transfer = lock(outgoing(actor), transfer_id)
    return _decide(actor, transfer, TransferState.WITHDRAWN, "transfer.withdrawn", "")


@command
def lapse_transfer(actor: Actor, *, transfer_id: UUID) -> bool:
    """Let one overdue transfer go; False when it was answered meanwhile."""
    transfer = UnitTransfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
    if transfer.state != TransferState.PROPOSED:
        return False
    _decide(actor, transfer, TransferState.LAPSED, "transfer.lapsed", "")
    return True


def _locked(actor: Actor, transfer_id: UUID) -> UnitTransfer:
    """A transfer that waits for the actor's side, its person locked before it."""
    rows = incoming(actor)
    person = rows.filter(pk=transfer_id).values_list("person", flat=True).first()
    lock_persons([person] if person else [])
    transfer = lock(rows, transfer_id)
    transfer.life.check(transfer.state, TransferState.PROPOSED)
    return transfer


def _branch_of(unit: Organisation, branch_id: int) -> Organisation:
    """An open branch of the unit; a unit without branches takes members in itself."""
    branch = below(unit, Kind.BRANCH).filter(pk=branch_id, closed_at=None).first()
    if branch is None and unit.pk == branch_id:
        branch = unit
    if branch is None:
        raise Absent("branch")
    return branch


def _decide(
    actor: Actor, transfer: UnitTransfer, to: TransferState, verb: str, reason: str
) -> UnitTransfer:
    now = clock.now()
    move([transfer], to, now, decided_at=now, decided_by=actor.name, reason=reason)
    _note(actor, transfer, verb)
    tell_of_transfers([transfer])
    return transfer


def _note(actor: Actor, transfer: UnitTransfer, verb: str) -> None:
    """One entry on either side, about the member."""
    facts: dict[str, journal.Fact] = {
        "from": unit_of(transfer.from_branch).name,
        "to": transfer.unit.name,
        "on": transfer.on.isoformat(),
    }
    if transfer.reason:
        facts["reason"] = transfer.reason
    sides = (transfer.from_branch_id, transfer.unit_id)
    acts = [journal.Act(verb, transfer.person_id, side, dict(facts)) for side in sides]
    journal.write_many(actor, acts)

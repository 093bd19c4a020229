"""A reorganisation as one act: rename, move, merge, split or dissolve, with all that hangs there,
and its undoing while nothing was written under it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.orgs.commands.changes import Changes, hand_over, put_back, resume, settled
from baodao.orgs.commands.organisations import (
    editable,
    parent_for,
    put_name,
    rehang,
)
from baodao.orgs.models import Organisation, Reorganisation, Successor
from baodao.orgs.queries.obstacles import check_aim, free_name
from baodao.orgs.queries.reorganisations import (
    check_undoable,
    counted_words,
    plan_of,
)
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.handovers import (
    RESTORATION_TELLERS,
    Aim,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    Restoration,
)
from baodao.orgs.rules.tree import about


@dataclass(frozen=True)
class Operation:
    """A reorganisation under way: its plan, its rows, all locked, and the list of its changes."""

    plan: ReorganisationPlan
    organisation: Organisation
    parent: Organisation | None
    heirs: Mapping[int, Organisation]
    changes: Changes


@command
def reorganise(actor: Actor, *, organisation_id: int, aim: Aim, reason: str) -> Reorganisation:
    """Rename, move, merge, split or dissolve an organisation, as `aim` says, with everything that
    hangs on it: each slice hands its rows over or ends them (`rules.handovers`).

    The past stays where it was: an organisation that another took over hangs, closed, below that
    one, and with it all that happened there. Refuses what is closed, what has no reason, and an
    act in whose way something stands.
    """
    organisation = editable(actor, organisation_id)
    heirs = _heirs(actor, aim)
    parent = None if aim.parent_id is None else parent_for(actor, organisation, aim.parent_id)
    check_aim(organisation, aim)
    plan = plan_of(organisation, aim, check_reason(reason))
    operation = Operation(plan, organisation, parent, heirs, Changes(plan.at))
    concerned = {*ids_below(organisation.path), *aim.successor_ids}
    with settled(actor, operation.changes):
        lines = hand_over(actor, plan, operation.changes)
        _ACTS[aim.reform](operation)
    with clock.at(clock.now()):  # the instant of the act is that of its entry
        _write(actor, operation, lines)
        return Reorganisation.objects.create(
            organisation=organisation,
            reform=aim.reform.value,
            reason=plan.reason,
            by=actor.name,
            concerned=sorted(concerned),
            changes=operation.changes.steps,
        )


def _write(actor: Actor, operation: Operation, lines: Sequence[HandoverLine]) -> None:
    """One entry for the whole act, with what became of everything."""
    plan = operation.plan
    facts: dict[str, journal.Fact] = {
        "before": plan.name,
        "after": plan.target,
        "reason": plan.reason,
        "handed_over": [counted_words(line) for line in lines],
    }
    key = operation.organisation.pk
    journal.write(actor, f"organisation.{plan.reform.value}", about(key), key, **facts)


@command
def undo(actor: Actor, *, reorganisation_id: UUID, organisation_id: int) -> Reorganisation:
    """Put everything back as it was before the last reorganisation of an organisation.

    Refuses once a fact was written in one of the organisations that it concerned.
    """
    organisation = editable(actor, organisation_id)
    rows = Reorganisation.objects.filter(organisation=organisation)
    reorganisation = lock(rows, reorganisation_id)
    check_undoable(reorganisation)
    put_back(reorganisation.changes)
    for step in reversed([step for step in reorganisation.changes if "organisation" in step]):
        put_organisation_back(step)
    Successor.objects.filter(predecessor=organisation).delete()
    key, what = organisation.pk, Reform(reorganisation.reform).words
    with clock.at(clock.now()):
        resume(actor, reorganisation.changes)
        reorganisation.undone_at = clock.now()
        reorganisation.save(update_fields=["undone_at"])
        journal.write(actor, "organisation.restored", about(key), key, what=what)
    _tell_restored(reorganisation)
    return reorganisation


def _tell_restored(reorganisation: Reorganisation) -> None:
    """Whoever was told of the act, and the organisation itself, which stands again."""
    steps = [step for step in reorganisation.changes if "persons" in step]
    tell_restored(reorganisation.organisation, steps)


def tell_restored(organisation: Organisation, steps: Iterable[Mapping[str, Any]]) -> None:
    """Tell an organisation that it stands again, and whoever was told of its end (`steps`)."""
    steps = list(steps)
    organisations = {key for step in steps for key in step["organisations"]}
    restoration = Restoration(
        name=organisation.name,
        person_ids=frozenset(UUID(key) for step in steps for key in step["persons"]),
        organisation_ids=frozenset(organisations | {organisation.pk}),
    )
    for teller in RESTORATION_TELLERS:
        teller(restoration)


def put_organisation_back(step: Mapping[str, Any]) -> Organisation:
    """Let an organisation hang, be numbered and called, and stand open or closed as it was noted
    (`Changes.note`)."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=step["organisation"])
    closed_at = datetime.fromisoformat(step["closed_at"]) if step["closed_at"] else None
    if (row.parent_id, row.code) != (step["parent_id"], step["code"]):
        above = Organisation.objects.filter(pk=step["parent_id"]).first()
        rehang(row, above, step["code"])
    if (row.name, row.closed_at) != (step["name"], closed_at):
        put_name(row, step["name"])
        row.closed_at = closed_at
        row.save(update_fields=["closed_at"])
    return row


def _heirs(actor: Actor, aim: Aim) -> Mapping[int, Organisation]:
    """The successors, locked, by id; raises `Absent`."""
    return {key: editable(actor, key) for key in sorted(aim.successor_ids)}


def _rename(operation: Operation) -> None:
    operation.changes.note(operation.organisation)
    put_name(operation.organisation, operation.plan.aim.name)


def _move(operation: Operation) -> None:
    assert operation.parent is not None
    operation.changes.note(operation.organisation)
    rehang(operation.organisation, operation.parent, operation.organisation.code)


def _succeed(operation: Operation) -> None:
    """What hangs below goes to whom it was given; the organisation itself, closed, below its
    first successor, so that its past is read by who took over."""
    organisation, plan, heirs = operation.organisation, operation.plan, operation.heirs
    first = heirs[plan.aim.successor_ids[0]]
    for child in organisation.children.filter(closed_at=None).order_by("sort", "code"):
        heir = heirs.get(plan.aim.shares.get(child.pk, first.pk), first)
        operation.changes.note(child)
        name = free_name(heir, child)
        if name != child.name:
            put_name(child, name)
        rehang(child, heir, child.code)
    operation.changes.note(organisation)
    _close(operation)
    for heir in heirs.values():
        Successor.objects.create(
            predecessor=organisation, successor=heir, how=plan.reform.value, at=plan.at
        )
    rehang(organisation, first, organisation.code)


def _dissolve(operation: Operation) -> None:
    for row in Organisation.objects.filter(pk__in=operation.plan.ending).order_by("path"):
        operation.changes.note(row)
    _close(operation)


def _close(operation: Operation) -> None:
    at = operation.plan.at
    Organisation.objects.filter(pk__in=operation.plan.ending).update(closed_at=at)
    operation.organisation.closed_at = at


_ACTS: dict[Reform, Callable[[Operation], None]] = {
    Reform.RENAMED: _rename,
    Reform.MOVED: _move,
    Reform.MERGED: _succeed,
    Reform.SPLIT: _succeed,
    Reform.DISSOLVED: _dissolve,
}

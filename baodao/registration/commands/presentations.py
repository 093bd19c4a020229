"""Presenting letters: by the member, or by the unit for many at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open
from baodao.people.queries.members import present_units
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import label_of, own_registrations, registrations
from baodao.registration.rules.states import REGISTRATION, State


@command
def present(actor: Actor, *, registration_id: UUID) -> Registration:
    """The member puts their own letter before the community, the first time or after a return."""
    registration = lock(own_registrations(actor), registration_id)
    _submit(actor, [_presentable(registration)], as_group=False)
    return registration


@command
def present_group(actor: Actor, *, registration_ids: Collection[UUID]) -> Batch[Registration]:
    """统一报到: the unit presents many letters; each community is told once.

    Cannot be taken back: a community may receive at once. A letter is withdrawn, or returned.
    """
    rows = lock_many(registrations(actor, Permission.REGISTRATION_PRESENT), registration_ids)
    batch = Batch.each(rows, _presentable, label_of)
    _submit(actor, batch.done, as_group=True)
    units = present_units([registration.person_id for registration in batch.done])
    groups: defaultdict[tuple[Organisation, Organisation], list[Registration]] = defaultdict(list)
    for registration in batch.done:
        unit = units.get(registration.person_id, registration.letter.unit)
        groups[registration.community, unit].append(registration)
    announce(
        Message(
            "group-presented",
            organisation_id=community.pk,
            about=rows[0].pk,
            facts={"unit": unit.name, "count": len(rows)},
        )
        for (community, unit), rows in groups.items()
    )
    return batch


def _presentable(registration: Registration) -> Registration:
    """The row, if it may be presented; a community that was closed accepts nothing any more."""
    REGISTRATION.move(registration.state, State.SUBMITTED)
    check_open(registration.community)
    return registration


def _submit(actor: Actor, registrations: Sequence[Registration], *, as_group: bool) -> None:
    verbs = {row.pk: _verb(row, as_group=as_group) for row in registrations}
    now = clock.now()
    move(
        registrations,
        State.SUBMITTED,
        now,
        submitted_at=now,
        as_group=as_group,
        returned_reason="",
    )
    journal.write_many(
        actor,
        [
            journal.Act(verbs[row.pk], row.pk, row.community_id, {"community": row.community.name})
            for row in registrations
        ],
    )


def _verb(registration: Registration, *, as_group: bool) -> str:
    if registration.state == State.RETURNED:
        return "registration.presented-again"
    return "registration.presented-in-group" if as_group else "registration.presented"

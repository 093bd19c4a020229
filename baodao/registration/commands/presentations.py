"""Presenting letters: by the member, or by the unit for many at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locking import lock, lock_many
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.registration.commands.moving import enter, split
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registrations, registrations, unit_of
from baodao.registration.rules.states import State, move


@command
def present(actor: Actor, *, registration_id: UUID) -> Registration:
    """The member puts their own letter before the community, the first time or after a return."""
    registration = lock(own_registrations(actor), registration_id)
    move(registration.state, State.SUBMITTED)
    _submit(actor, [registration], as_group=False)
    return registration


@command
def present_group(actor: Actor, *, registration_ids: Collection[UUID]) -> Batch[Registration]:
    """统一报到: the unit presents many letters; each community is told once."""
    rows = registrations(actor, Permission.REGISTRATION_PRESENT)
    able, refused = split(lock_many(rows, registration_ids), State.SUBMITTED)
    _submit(actor, able, as_group=True)
    groups: defaultdict[tuple[Organisation, Organisation], int] = defaultdict(int)
    for registration in able:
        groups[registration.community, unit_of(registration.branch)] += 1
    announce(
        Message(
            "group-presented",
            organisation_id=community.pk,
            url="/desk/",
            facts={"unit": unit.name, "count": count},
        )
        for (community, unit), count in groups.items()
    )
    return Batch(able, refused)


def _submit(actor: Actor, registrations: Sequence[Registration], *, as_group: bool) -> None:
    verbs = {row.pk: _verb(row, as_group=as_group) for row in registrations}
    now = clock.now()
    enter(
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

"""Answers to invitations: the yes is followed by the ordinary act, the no by nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from baodao.allocation.models import AllocationLine
from baodao.allocation.queries.allocations import (
    letters_agreed,
    letters_due,
    own_invitations,
    unit_invitations,
)
from baodao.allocation.rules.life import LINE, LineState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.partnership.commands import registrations as contacts
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.queries import live_unit_registration
from baodao.partnership.rules.states import UnitState
from baodao.people.queries.members import lock_persons, present_units
from baodao.registration.commands.departures import transfer
from baodao.registration.commands.letters import issue_letters, second_refused
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import live_registrations


@command
def accept_for_unit(actor: Actor, *, line_id: UUID, contact: UnitContact) -> AllocationLine:
    """The unit agrees: its contact form is presented to the community, which accepts it as any
    other; a partner community that it has is left by the same act."""
    line = lock(unit_invitations(actor), line_id)
    LINE.move(line.state, LineState.ACCEPTED)
    check_open(line.community)
    live = live_unit_registration(line.unit)
    if live is not None and live.state == UnitState.ACCEPTED:
        if standing_of(live.community) == line.community:
            return _settled(actor, line)
        reason = f"{line.allocation.authority.name}：{line.community.name}"
        contacts.end(actor, unit_registration_id=live.pk, reason=reason)
    contacts.present(
        actor,
        unit_id=line.unit_id,
        community_id=line.community_id,
        contact=contact,
        invited_by=line.allocation.authority,
    )
    return _settled(actor, line)


@command
def accept_for_oneself(actor: Actor, *, line_id: UUID) -> AllocationLine:
    """The member agrees: who has a letter or is registered goes over by a transfer, and for who has
    none the unit is asked for the letter there."""
    lock_persons([actor.person_id] if actor.person_id else [])
    line = lock(own_invitations(actor), line_id)
    LINE.move(line.state, LineState.ACCEPTED)
    check_open(line.community)
    assert line.person_id is not None
    live = live_registrations([line.person_id]).get(line.person_id)
    if live is None:
        _answer(actor, line, LineState.ACCEPTED)
        _ask_for_letter(line)
        return line
    if standing_of(live.community) != line.community:
        reason = f"{line.allocation.authority.name}：{line.community.name}"
        transfer(
            actor,
            registration_id=live.pk,
            community_id=line.community_id,
            reason=reason,
            invited_by=line.allocation.authority,
        )
    return _settled(actor, line)


def _ask_for_letter(line: AllocationLine) -> None:
    """The unit of today is told of who waits for a letter."""
    assert line.person is not None
    units = present_units([line.person.pk])
    message = Message(
        "allocation-letter-due",
        organisation_id=units[line.person.pk].pk if units else line.unit_id,
        about=line.pk,
        facts={"name": line.person.name, "community": line.community.name},
    )
    announce([message])


def _settled(actor: Actor, line: AllocationLine) -> AllocationLine:
    return _answer(actor, line, LineState.ACCEPTED, settled_at=clock.now())


def _answer(
    actor: Actor, line: AllocationLine, state: LineState, **columns: object
) -> AllocationLine:
    """Write an answer down, once."""
    now = clock.now()
    move([line], state, now, answered_at=now, answered_by=actor.name, **columns)
    verb = "accepted" if state is LineState.ACCEPTED else "declined"
    journal.write(
        actor, f"allocation-line.{verb}", line.pk, line.unit_id, community=line.community.name
    )
    return line


@command
def decline_invitation(actor: Actor, *, line_id: UUID, reason: str) -> AllocationLine:
    """Say no, with a reason that the authority reads; everything stays as it is."""
    why = check_reason(reason)
    own_line = own_invitations(actor).filter(pk=line_id).exists()
    line = lock(own_invitations(actor) if own_line else unit_invitations(actor), line_id)
    _answer(actor, line, LineState.DECLINED, reason=why)
    message = Message(
        "allocation-declined",
        organisation_id=line.allocation.authority_id,
        about=line.allocation_id,
        facts={"name": line.name, "community": line.community.name, "reason": why},
    )
    announce([message])
    return line


@command
def issue_agreed(actor: Actor, *, line_ids: Collection[UUID]) -> Batch[Registration]:
    """Letters for members who agreed, each to the community of their invitation, as any others;
    they are taken back as these are. Who has one by now, or was there already, is named."""
    agreed = letters_agreed(actor)
    lock_persons(set(agreed.filter(pk__in=line_ids).values_list("person", flat=True)))
    rows = lock_many(agreed, line_ids)
    due = set(letters_due(actor).filter(pk__in=line_ids).values_list("pk", flat=True))
    late = _late([row for row in rows if row.pk not in due])
    lines = {row.person_id: row for row in rows if row.pk in due}
    communities = {pk: standing_of(row.community).pk for pk, row in lines.items() if pk is not None}
    askers = {pk: row.allocation.authority for pk, row in lines.items() if pk is not None}
    batch = issue_letters(
        actor, person_ids=list(communities), communities=communities, invited_by=askers
    )
    settled = [lines[row.person_id].pk for row in batch.done]
    AllocationLine.objects.filter(pk__in=settled).update(settled_at=clock.now())
    return replace(batch, refused=[*late, *batch.refused])


def _late(rows: Sequence[AllocationLine]) -> list[tuple[str, Refused]]:
    """Of members for whom no letter is due any more, how each stands."""
    live = live_registrations([row.person_id for row in rows if row.person_id])

    def stands(row: AllocationLine) -> None:
        if row.person_id in live:
            raise second_refused(live[row.person_id])
        check_open(standing_of(row.community))
        raise Refused(
            "allocation.letter-over",
            gettext_noop(
                "The letter to %(community)s was given already, and is over. If another one is "
                "wanted, issue it under “Who is missing”."
            ),
            community=row.community.name,
        )

    return Batch[None].each(rows, stands, lambda row: row.name).refused

"""Proposals: asked for by an authority, calculated by the worker, adopted row by row, withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any
from uuid import UUID

from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.allocations import WAITING_STATES, allocations, lines_of
from baodao.allocation.queries.inputs import AllocationInputs, inputs
from baodao.allocation.rules.choices import OF_UNITS, AllocationAim, AllocationChoices, Grouping
from baodao.allocation.rules.instances import Assignment, distance, first_come
from baodao.allocation.rules.life import ALLOCATION, LINE, AllocationState, LineState
from baodao.allocation.rules.measures import hands_after, judge, reasons_of, share_of
from baodao.figures.queries.sql import present
from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.deliveries import unsay
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, check_open, organisations, standing_of
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import live_unit_registration
from baodao.people.models import Membership
from baodao.people.queries.members import current, lock_persons
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import live_registrations

ADOPTION = "allocation.adoption"
"""The name by which an adoption is taken back."""
SOLVER = "baodao.allocation.solver"
"""Loaded when something is calculated: no page and no start of Baodao waits for its libraries."""


@command
def request_allocation(
    actor: Actor, *, authority_id: int, choices: AllocationChoices
) -> Allocation:
    """Have a proposal calculated by the worker, for the communities below an authority."""
    reach = organisations(actor, Permission.ALLOCATION_PROPOSE).filter(kind__in=AUTHORITIES)
    authority = lock(reach, authority_id)
    check_open(authority)
    place = below(authority).filter(pk=choices.place_id, closed_at=None).first()
    if place is None or place.kind not in {*AUTHORITIES, Kind.COMMUNITY}:
        raise Absent("place")
    if choices.aim in OF_UNITS:
        choices = replace(choices, grouping=Grouping.ALONE)
    allocation = Allocation.objects.create(
        authority=authority,
        choices=choices.packed(),
        account_id=actor.account_id,
        created_by=actor.name,
    )
    journal.write(actor, "allocation.requested", allocation.pk, authority.pk)
    key = f"allocation-{authority.pk}"
    jobs.defer("allocation.calculate", lock=key, allocation_id=str(allocation.pk))
    return allocation


@command
def calculate(actor: Actor, *, allocation_id: UUID) -> Allocation:
    """Calculate a proposal that waits for it, from what is so now; one that was withdrawn meanwhile
    stays so. Refused, in words, where nothing can be proposed."""
    allocation = lock(allocations(actor), allocation_id)
    if allocation.state != AllocationState.CALCULATING:
        return allocation
    as_of, choices = present(), allocation.decided
    read = inputs(actor, allocation.authority, choices, as_of)
    solution = import_module(SOLVER).solve(read.instance)
    lines = _lines(allocation, read, solution.assignment)
    AllocationLine.objects.bulk_create(lines, batch_size=2_000)
    first = first_come(read.instance)
    measures = {
        "today": judge(read.instance, _today(read, choices.aim)).packed(),
        "first_come": judge(read.instance, first).packed(),
        "proposal": judge(read.instance, solution.assignment).packed(),
        "gap": round(solution.gap, 6),
    }
    sites = _sites(read, solution.assignment)
    facts = {"as_of": as_of.instant, "measures": measures, "sites": sites}
    move([allocation], AllocationState.READY, clock.now(), **facts)
    where = (allocation.pk, allocation.authority_id)
    journal.write(actor, "allocation.calculated", *where, count=len(lines))
    return allocation


def _today(read: AllocationInputs, aim: AllocationAim) -> dict[str, int | None]:
    """Where the parties are: nowhere, or where those who might go elsewhere are now."""
    if aim not in (AllocationAim.CROWDED, AllocationAim.ALL_UNITS):
        return {}
    known = read.instance.by_id
    formers = {one.party.key: read.rows[one.keys[0]].former_id for one in read.parties}
    return {key: former if former in known else None for key, former in formers.items()}


def _sites(read: AllocationInputs, assignment: Assignment) -> list[dict[str, Any]]:
    """What each community has and would have, for the page."""
    planned, instance = hands_after(read.instance, assignment), read.instance
    moving: dict[int, int] = {}
    for one in read.parties:
        for key in one.keys:
            former = read.rows[key].former_id
            if former is not None:
                moving[former] = moving.get(former, 0) + 1
    return [
        {
            "id": site.id,
            "code": site.path.rstrip(".").rsplit(".", 1)[-1],
            "name": read.facts[site.id].name,
            "needs": read.facts[site.id].needs,
            "share": share_of(instance, site),
            "helpers": site.helpers + moving.get(site.id, 0),
            "planned": planned[site.id],
        }
        for site in instance.sites
    ]


def _lines(
    allocation: Allocation, read: AllocationInputs, assignment: Assignment
) -> list[AllocationLine]:
    """A row for everybody who would go elsewhere than where they are."""
    planned, lines = hands_after(read.instance, assignment), []
    for one in read.parties:
        place = assignment[one.party.key]
        if place is None:
            continue
        site = read.instance.by_id[place]
        reasons = reasons_of(read.instance, one.party, site, planned, read.facts)
        for key in one.keys:
            row = read.rows[key]
            if row.former_id == place:
                continue
            lines.append(
                AllocationLine(
                    allocation=allocation,
                    unit=row.unit,
                    person_id=row.membership.person_id if row.membership else None,
                    community_id=place,
                    former_id=row.former_id,
                    way=distance(one.party.home, site.path),
                    wish_kept=None if one.party.wish is None else one.party.wish == place,
                    reasons=reasons,
                )
            )
    return lines


def refuse(allocation: Allocation, refused: Refused) -> None:
    """Note why nothing could be calculated, for the page that follows it."""
    rows = Allocation.objects.filter(pk=allocation.pk, state=AllocationState.CALCULATING)
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    why = {"code": refused.code, "message": refused.message, **facts}
    rows.update(state=AllocationState.UNSOLVED, refusal=why)


@command
def adopt(
    actor: Actor, *, allocation_id: UUID, line_ids: Collection[UUID] | None = None
) -> Batch[AllocationLine]:
    """Ask those of these rows, or of all that were not adopted: each is told and answers for
    themselves; nobody is moved by it. What changed since it was calculated is named and left.
    `take_back` takes it back."""
    allocation = lock(allocations(actor), allocation_id)
    ALLOCATION.check(allocation.state, AllocationState.READY)
    rows = lines_of(actor, allocation)
    if line_ids is None:
        line_ids = list(rows.filter(state=LineState.PROPOSED).values_list("pk", flat=True))
    persons = rows.filter(pk__in=line_ids, person__isnull=False)
    lock_persons(list(persons.values_list("person", flat=True)))
    locked = lock_many(rows, line_ids)
    check = AdoptionCheck(allocation, locked)
    batch = Batch.each(locked, check.line, lambda row: row.name)
    now = clock.now()
    move(batch.done, LineState.INVITED, now, invited_at=now)
    notices = announce(_invitation(allocation, row) for row in batch.done)
    if not batch.done:
        return batch
    where = (allocation.pk, allocation.authority_id)
    journal.write(actor, "allocation.adopted", *where, count=len(batch.done))
    marks = {str(row.pk): str(one.pk) for row, one in zip(batch.done, notices, strict=True)}
    note = leave_note(actor, ADOPTION, {"allocation": str(allocation.pk), "lines": marks})
    return replace(batch, undo_id=note)


def _invitation(allocation: Allocation, row: AllocationLine) -> Message:
    kind = "allocation-member-invited" if row.person_id else "allocation-unit-invited"
    return Message(
        kind,
        person_id=row.person_id,
        organisation_id=None if row.person_id else row.unit_id,
        about=row.pk,
        facts={"authority": allocation.authority.name, "community": row.community.name},
    )


class AdoptionCheck:
    """Whether rows still are what they were when they were calculated; read once for all."""

    def __init__(self, allocation: Allocation, rows: Sequence[AllocationLine]) -> None:
        persons = [row.person_id for row in rows if row.person_id]
        self._allocation = allocation
        self._live: dict[UUID, Registration] = live_registrations(persons)
        members = current().filter(person__in=persons)
        self._members: dict[UUID, Membership] = {row.person_id: row for row in members}
        rows_elsewhere = AllocationLine.objects.filter(person__in=persons, settled_at=None)
        waiting = rows_elsewhere.filter(state__in=WAITING_STATES).exclude(allocation=allocation)
        self._waiting = set(waiting.values_list("person", flat=True))

    def line(self, row: AllocationLine) -> AllocationLine:
        """The row, if it may be adopted; raises the refusal that says what changed."""
        LINE.move(row.state, LineState.INVITED)
        check_open(row.community)
        check_open(row.unit)
        if row.person_id is None:
            self._check_unit(row)
        else:
            self._check_member(row, row.person_id)
        return row

    def _check_unit(self, row: AllocationLine) -> None:
        live = live_unit_registration(row.unit)
        _check_former(row, live.community if live else None)

    def _check_member(self, row: AllocationLine, person_id: UUID) -> None:
        if person_id not in self._members:
            raise Refused(
                "allocation.left", gettext_noop("Is no longer a member of any unit here.")
            )
        if person_id in self._waiting:
            raise Refused(
                "allocation.asked", gettext_noop("Was asked by another proposal meanwhile.")
            )
        live = self._live.get(person_id)
        _check_former(row, live.community if live else None)


def _check_former(row: AllocationLine, community: Organisation | None) -> None:
    """Refuse who is elsewhere now than when it was calculated."""
    place = standing_of(community) if community else None
    former = standing_of(row.former) if row.former else None
    if place == former:
        return
    if place is None:
        raise Refused(
            "allocation.moved-away",
            gettext_noop("Is no longer in %(community)s; calculate a new proposal."),
            community=row.former.name if row.former else "",
        )
    raise Refused(
        "allocation.reported",
        gettext_noop("Has gone to %(community)s since this was calculated."),
        community=place.name,
    )


@takes_back(ADOPTION)
def take_back(actor: Actor, marks: Marks) -> Batch[AllocationLine]:
    """Take invitations back that nobody has read and no channel has carried out of the house. Who
    was reached is named."""
    sent = {UUID(line): UUID(notice) for line, notice in marks["lines"].items()}
    allocation = lock(allocations(actor), UUID(marks["allocation"]))
    rows = lock_many(lines_of(actor, allocation), sent)
    unsaid = unsay(list(sent.values()))

    def unreached(row: AllocationLine) -> AllocationLine:
        LINE.move(row.state, LineState.PROPOSED)
        if sent[row.pk] not in unsaid:
            raise Refused(
                "allocation.reached", gettext_noop("Was reached by the invitation already.")
            )
        return row

    batch = Batch.each(rows, unreached, lambda row: row.name)
    move(batch.done, LineState.PROPOSED, clock.now(), invited_at=None)
    where = (allocation.pk, allocation.authority_id)
    journal.write(actor, "allocation.adoption-undone", *where, count=len(batch.done))
    return batch


@command
def withdraw(actor: Actor, *, allocation_id: UUID, reason: str) -> Allocation:
    """Adopt no more of a proposal: invitations that nobody answered end, and who was asked is told
    why; what was agreed stays."""
    why = check_reason(reason)
    allocation = lock(allocations(actor), allocation_id)
    waiting = allocation.lines.filter(state=LineState.INVITED).values_list("pk", flat=True)
    rows = lock_many(AllocationLine.objects.select_related("community"), waiting)
    move([allocation], AllocationState.WITHDRAWN, clock.now(), reason=why)
    end_lines(rows, why)
    where = (allocation.pk, allocation.authority_id)
    journal.write(actor, "allocation.withdrawn", *where, reason=why)
    return allocation


def end_lines(rows: Sequence[AllocationLine], reason: str) -> None:
    """End locked invitations that nobody answered, and tell who was asked, in the caller's
    transaction."""
    move(rows, LineState.ENDED, clock.now(), reason=reason)
    announce(ended_message(row, reason) for row in rows)


def ended_message(row: AllocationLine, reason: str) -> Message:
    """That an invitation is no longer valid."""
    return Message(
        "allocation-ended",
        person_id=row.person_id,
        organisation_id=None if row.person_id else row.unit_id,
        about=row.pk,
        facts={"community": row.community.name, "reason": reason},
    )

"""What a roster says, taken in: branches, persons, memberships and the journal, in sets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError

from baodao.kernel import clock, crypto, ids, journal
from baodao.kernel.authz import Actor
from baodao.kernel.collector import collector_paused
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import is_double
from baodao.orgs.commands import organisations
from baodao.people.commands.departures import depart
from baodao.people.commands.homes import move_homes
from baodao.people.commands.numbers import CONTESTED
from baodao.people.queries.members import lock_persons
from baodao.people.rules.departures import Departure, Ending
from baodao.rosters.commands import rows
from baodao.rosters.commands.effects import standing_before
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import Examination
from baodao.rosters.rules.differences import MEMBERSHIP_FACTS, CurrentMember, RowChange
from baodao.rosters.rules.effects import Effects
from baodao.rosters.rules.report import without_changes
from baodao.rostersheets.rules.roster import RosterRow

SheetRow = tuple[str, int]
"""A row of a file: its sheet, its number as Excel numbers it."""

Identified = list[tuple[UUID, RosterRow]]


class IntakeExit(NamedTuple):
    """A member who is gone, by the file or by the clerk: how, and since when if it says so."""

    member: CurrentMember
    ending: Ending
    on: date | None


@dataclass(frozen=True)
class Intake:
    """What is to be written: persons to make, who come back, who change, who are gone; the
    branches that are named, in the order of the file."""

    fresh: Identified
    returning: Identified
    changes: list[RowChange]
    exits: list[IntakeExit]
    branches: list[str]

    def known_persons(self) -> list[UUID]:
        """Those who exist already and must be locked before they are written."""
        return [
            *(person for person, _ in self.returning),
            *(change.member.person_id for change in self.changes),
            *(one.member.person_id for one in self.exits),
        ]


@collector_paused()
def take_over(
    actor: Actor,
    roster: RosterImport,
    examination: Examination,
    ticked: set[SheetRow] | None,
    left: set[UUID],
) -> None:
    """Write the good rows (those `ticked`, or all) in the caller's transaction.

    `left` are members missing from the file of whom it was said that they left. The counts are
    kept in `roster.report["applied"]`. The caller holds the unit's lock.
    """
    intake = _intake(examination, ticked, left)
    lock_persons(intake.known_persons())
    before = standing_before(intake.known_persons())
    branches = _branches(actor, examination, intake)
    try:
        departures = _write(intake, examination, branches)
    except IntegrityError as error:
        if not is_double(error):
            raise
        raise Refused(
            "roster.overtaken",
            gettext_noop(
                "Somebody in this roster was written by another unit just now. Nothing was "
                "changed; apply the roster once more."
            ),
        ) from error
    ended = [one for one in departures if one.ending is not Ending.TRANSFERRED]
    counts = {
        "new": len(intake.fresh) + len(intake.returning),
        "changed": len(intake.changes),
        "ended": len(ended),
    }
    roster.report = without_changes(roster.report) | {"applied": counts | {"by": actor.name}}
    if contested := _contested(intake, examination):
        journal.write(actor, CONTESTED, roster.id, roster.unit_id, rows=len(contested))
    _tell(actor, roster, intake, ended, counts)
    marks = depart(actor, departures)
    fresh = [person for person, _ in intake.fresh]
    branch_ids = [pk for name, pk in branches.items() if name not in examination.branches]
    effects = Effects(fresh, before, branch_ids, marks, clock.now())
    roster.effects_sealed = RosterImport.effects.columns(effects.packed())["effects_sealed"]
    roster.save()


def _intake(examination: Examination, ticked: set[SheetRow] | None, left: set[UUID]) -> Intake:
    def counts(row: RosterRow) -> bool:
        return ticked is None or (row.sheet, row.row) in ticked

    newcomers: list[RosterRow] = []
    returning: Identified = []
    for row in filter(counts, examination.differences.new):
        person = examination.known.free.get(examination.key_of(row))
        if person is None:
            newcomers.append(row)
        else:
            returning.append((person, row))
    changed = [change for change in examination.differences.changed if counts(change.row)]
    named = [*newcomers, *(row for _, row in returning), *(change.row for change in changed)]
    branches = list(dict.fromkeys(row.branch for row in named if row.branch))
    ordered = rows.in_reading_order(newcomers)
    fresh = list(zip(ids.new_ids(len(ordered)), ordered, strict=True))
    return Intake(fresh, returning, changed, list(_exits(examination, ticked, left)), branches)


def _exits(
    examination: Examination, ticked: set[SheetRow] | None, left: set[UUID]
) -> Iterable[IntakeExit]:
    for row, member in examination.differences.exits:
        if ticked is None or (row.sheet, row.row) in ticked:
            yield IntakeExit(member, Ending.DIED if row.died else Ending.LEFT, row.on)
    for member in examination.differences.gone:
        if member.person_id in left:
            yield IntakeExit(member, Ending.LEFT, None)


def _branches(actor: Actor, examination: Examination, intake: Intake) -> dict[str, int]:
    """The unit's branches by name, those that the rows bring included."""
    fresh = [name for name in intake.branches if name not in examination.branches]
    if not fresh:
        return examination.branches
    rows = organisations.create_branches(actor, unit_id=examination.unit.pk, names=fresh)
    return examination.branches | {row.name: row.pk for row in rows}


def _write(intake: Intake, examination: Examination, branches: dict[str, int]) -> list[Departure]:
    """Persons and memberships; returns whose membership ended: who left, and who comes from a unit
    that was closed."""
    sealing = rows.Sealing(crypto.ring(), examination.index)
    rows.insert_persons(intake.fresh, sealing, _contested(intake, examination))
    changed = [(change.member.person_id, change.row) for change in intake.changes]
    known = [*intake.returning, *changed]
    rows.update_persons(known, sealing)
    homes = {one: row.home_community for one, row in known if row.home_community is not None}
    if homes:
        move_homes(homes, clock.now())
    moves = [c for c in intake.changes if not set(MEMBERSHIP_FACTS).isdisjoint(c.facts)]
    closing = rows.close_memberships([change.member.membership_id for change in moves])
    closed = {one.person_id for one in closing}
    over = rows.close_memberships(_over(intake, examination), Ending.TRANSFERRED)
    comers = [*intake.fresh, *intake.returning]
    rows.insert_memberships(
        [
            *(rows.period_of(row, person, branches[row.branch]) for person, row in comers),
            *(_next_period(c, branches) for c in moves if c.member.person_id in closed),
        ]
    )
    return [*_end(intake.exits), *(Departure(p, b, Ending.TRANSFERRED, on) for p, b, on in over)]


def _contested(intake: Intake, examination: Examination) -> set[str]:
    """The numbers of new persons that people of another name hold."""
    known, keys = examination.known, ((examination.key_of(row), row) for _, row in intake.fresh)
    if not known.numbers:
        return set()
    return {row.id_number for key, row in keys if known.is_contested(key)}


def _end(exits: Iterable[IntakeExit]) -> Iterable[Departure]:
    """End the memberships of who is gone, those of one ending and day at once: today, where the
    file tells no day."""
    groups: dict[tuple[Ending, date | None], list[UUID]] = {}
    for one in exits:
        groups.setdefault((one.ending, one.on), []).append(one.member.membership_id)
    for (ending, day), memberships in groups.items():
        on = min(day or clock.today(), clock.today())
        closed = rows.close_memberships(memberships, ending, on)
        yield from (Departure(one.person_id, one.branch_id, ending, on) for one in closed)


def _over(intake: Intake, examination: Examination) -> list[UUID]:
    """The memberships in closed units that end because their persons are taken over."""
    over, keys = examination.known.over, (examination.key_of(row) for _, row in intake.returning)
    return [over[key] for key in keys if key in over]


def _next_period(change: RowChange, branches: dict[str, int]) -> rows.MembershipPeriod:
    row, member = change.row, change.member
    return rows.MembershipPeriod(
        member.person_id,
        branches[row.branch or member.branch],
        row.standing or member.standing,
        row.grade or member.grade,
        member.lives_in_city if row.lives_in_city is None else row.lives_in_city,
    )


def _tell(
    actor: Actor,
    roster: RosterImport,
    intake: Intake,
    ended: list[Departure],
    counts: dict[str, int],
) -> None:
    unit, of = roster.unit_id, str(roster.id)
    acts = [
        journal.Act(
            "person.changed",
            change.member.person_id,
            unit,
            {"fields": list(change.facts), "roster": of},
        )
        for change in intake.changes
    ]
    acts += [journal.Act("membership.ended", one.person_id, unit, {"roster": of}) for one in ended]
    acts.append(journal.Act("roster.applied", roster.id, unit, dict(counts)))
    journal.write_many(actor, acts)

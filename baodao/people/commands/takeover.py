"""Writing what a roster says: branches, persons, memberships and the journal, in sets."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError

from baodao.kernel import crypto, ids, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs import commands as orgs
from baodao.orgs.rules import Kind
from baodao.people.commands import bulk
from baodao.people.models import RosterImport
from baodao.people.queries.roster import Examined
from baodao.people.rules.differences import MEMBERSHIP_FIELDS, Change, Held
from baodao.people.rules.roster import RosterRow

Place = tuple[str, int]
Identified = list[tuple[UUID, RosterRow]]


@dataclass(frozen=True)
class Plan:
    """What is to be written: persons to make, who come back, who change, who have left."""

    fresh: Identified
    returning: Identified
    changes: list[Change]
    left: list[Held]

    def rows(self) -> Iterable[RosterRow]:
        yield from (row for _, row in self.fresh)
        yield from (row for _, row in self.returning)
        yield from (change.row for change in self.changes)

    def held_persons(self) -> list[UUID]:
        """Those who exist already and must be locked before they are written."""
        return [
            *(person for person, _ in self.returning),
            *(change.held.person_id for change in self.changes),
            *(held.person_id for held in self.left),
        ]


def take_over(
    actor: Actor,
    roster: RosterImport,
    found: Examined,
    chosen: set[Place] | None,
    left: set[UUID],
) -> None:
    """Write the good rows (those `chosen`, or all) in the caller's transaction.

    `left` are held people missing from the file of whom it was said that they left. The counts
    are kept in `roster.report["applied"]`. The caller holds the unit's lock.
    """
    plan = _plan(found, chosen, left)
    bulk.lock_persons(plan.held_persons())
    branches = _branches(actor, found, plan)
    try:
        ended = _write(plan, found, branches)
    except IntegrityError as error:
        raise Refused(
            "roster.overtaken",
            gettext_noop(
                "Somebody in this roster was written by another unit just now. Nothing was "
                "changed; apply the roster once more."
            ),
        ) from error
    counts = {
        "new": len(plan.fresh) + len(plan.returning),
        "changed": len(plan.changes),
        "ended": len(ended),
    }
    roster.report = roster.report | {"applied": counts | {"by": actor.name}}
    roster.save()
    _tell(actor, roster, plan, ended, counts)


def _plan(found: Examined, chosen: set[Place] | None, left: set[UUID]) -> Plan:
    def wanted(row: RosterRow) -> bool:
        return chosen is None or (row.sheet, row.row) in chosen

    fresh: Identified = []
    returning: Identified = []
    for row in filter(wanted, found.differences.new):
        person = found.known.get(found.index[row.id_number])
        if person is None:
            fresh.append((ids.new_id(), row))
        else:
            returning.append((person, row))
    return Plan(
        fresh,
        returning,
        [change for change in found.differences.changed if wanted(change.row)],
        [held for held in found.differences.gone if held.person_id in left],
    )


def _branches(actor: Actor, found: Examined, plan: Plan) -> dict[str, int]:
    """The unit's branches by name, those that the rows bring included."""
    branches = dict(found.branches)
    for name in dict.fromkeys(row.branch for row in plan.rows()):
        if name and name not in branches:
            made = orgs.create(actor, kind=Kind.BRANCH, name=name, parent_id=found.unit.pk)
            branches[name] = made.pk
    return branches


def _write(plan: Plan, found: Examined, branches: dict[str, int]) -> list[UUID]:
    """Persons and memberships; returns whose membership ended."""
    sealing = bulk.Sealing(crypto.ring(), found.index)
    bulk.insert_persons(plan.fresh, sealing)
    said = [(change.held.person_id, change.row) for change in plan.changes]
    bulk.update_persons([*plan.returning, *said], sealing)
    moved = [c for c in plan.changes if not set(MEMBERSHIP_FIELDS).isdisjoint(c.fields)]
    closed = set(bulk.close_memberships([change.held.membership_id for change in moved]))
    bulk.insert_memberships(
        [
            *(bulk.period_of(row, person, branches[row.branch]) for person, row in plan.fresh),
            *(bulk.period_of(row, person, branches[row.branch]) for person, row in plan.returning),
            *(_next_period(c, branches) for c in moved if c.held.person_id in closed),
        ]
    )
    return bulk.close_memberships([held.membership_id for held in plan.left])


def _next_period(change: Change, branches: dict[str, int]) -> bulk.Period:
    row, held = change.row, change.held
    return bulk.Period(
        held.person_id,
        branches[row.branch or held.branch],
        row.standing or held.standing,
        row.grade or held.grade,
        held.lives_in_city if row.lives_in_city is None else row.lives_in_city,
    )


def _tell(
    actor: Actor, roster: RosterImport, plan: Plan, ended: list[UUID], counts: dict[str, int]
) -> None:
    unit, of = roster.unit_id, str(roster.id)
    acts = [
        journal.Act(
            "person.changed",
            change.held.person_id,
            unit,
            {"fields": list(change.fields), "roster": of},
        )
        for change in plan.changes
    ]
    acts += [journal.Act("membership.ended", person, unit, {"roster": of}) for person in ended]
    acts.append(journal.Act("roster.applied", roster.id, unit, dict(counts)))
    journal.write_many(actor, acts)

"""What applying a roster changed, kept sealed; undone as a whole while nothing was built on it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.marks import plain
from baodao.orgs.commands.organisations import close as close_organisation
from baodao.orgs.queries.tree import by_id, organisations_anywhere
from baodao.people.commands.departures import close, come_back, open_again
from baodao.people.commands.facts import write_facts
from baodao.people.commands.homes import take_home_back
from baodao.people.facts import BY_NAME
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current, lock_persons, locked_persons, memberships_of
from baodao.people.rules.departures import Ending
from baodao.rosters.facts import NOTES
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import rosters
from baodao.rosters.queries.undos import branch_again, check_untouched, effects_of, obstacles_of
from baodao.rosters.rules.effects import Effects, Json
from baodao.rosters.rules.report import figures_of
from baodao.rosters.rules.roster import RosterState

FACTS = tuple(BY_NAME[name] for name in ("name", "phone", "joined_on", *NOTES))
"""What a roster writes over of a person who is known."""


def standing_before(person_ids: Collection[UUID]) -> dict[UUID, Json]:
    """What stands of these locked persons before a roster is written over it."""
    rows = current().filter(person__in=person_ids)
    memberships = {row.person_id: _packed(row) for row in rows}
    return {
        person.pk: {
            "facts": {fact.name: plain(getattr(person, fact.name)) for fact in FACTS},
            "died_on": plain(person.died_on),
            "home": [person.home_community_id, plain(person.home_since)],
            "membership": memberships.get(person.pk),
        }
        for person in locked_persons(person_ids)
    }


def _packed(row: Membership) -> Json:
    return {
        "id": str(row.pk),
        "branch_id": row.branch_id,
        "standing": row.standing,
        "grade": row.grade,
        "lives_in_city": row.lives_in_city,
        "from_on": row.from_on.isoformat(),
        "is_dated": row.is_dated,
    }


@command
def undo_roster(actor: Actor, *, roster_id: UUID) -> RosterImport:
    """Put back what an applied roster changed, all of it, while nothing was built on it.

    Persons whom it made stay known without a membership, and branches that it made are closed
    where nobody came to them since. What ended with who was said to have left
    or died (letters, registration, claims, account) stands again. Raises `Refused` with who and
    what stands in the way.
    """
    roster = lock(rosters(actor), roster_id)
    effects = effects_of(roster)
    lock_persons(effects.persons)
    assert roster.applied_at is not None
    check_untouched(obstacles_of(effects))
    for membership in _open_rows(effects):
        before = effects.before.get(membership.person_id, {}).get("membership")
        if before is None or before["id"] != str(membership.pk):
            close(membership, clock.today(), Ending.UNDONE)
    persons = {person.pk: person for person in locked_persons(list(effects.before))}
    for person_id, before in effects.before.items():
        person = persons[person_id]
        community, since = before["home"]
        if [person.home_community_id, plain(person.home_since)] != before["home"]:
            place = by_id(community) if community else None
            instant = datetime.fromisoformat(since) if since else None
            take_home_back(person, place, instant, roster.applied_at)
        _put_back(person, before, effects)
    come_back(actor, effects.ended)
    _close_branches(actor, effects)
    roster.state, roster.effects_sealed = RosterState.UNDONE, None
    roster.report = figures_of(roster.report)
    roster.save(update_fields=["state", "effects_sealed", "report"])
    people = len(effects.persons)
    journal.write(actor, "roster.undone", roster.pk, roster.unit_id, people=people)
    return roster


def _close_branches(actor: Actor, effects: Effects) -> None:
    branches = organisations_anywhere().filter(pk__in=effects.branches, closed_at=None)
    for branch in branches.order_by("pk"):
        if not memberships_of(branch).exists():
            close_organisation(actor, organisation_id=branch.pk)


def _open_rows(effects: Effects) -> Iterable[Membership]:
    rows = current().filter(person__in=effects.persons)
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _put_back(person: Person, before: Json, effects: Effects) -> None:
    facts = dict(before["facts"])
    if facts["joined_on"]:
        facts["joined_on"] = date.fromisoformat(facts["joined_on"])
    write_facts(person, FACTS, facts)
    if not facts["phone"] and person.phone:
        person.phone = ""
    died_on = before["died_on"]
    person.died_on = date.fromisoformat(died_on) if died_on else None
    person.save()
    membership = before["membership"]
    if membership is None or current().filter(person=person).exists():
        return
    columns = {name: value for name, value in membership.items() if name not in ("id", "branch_id")}
    columns["from_on"] = date.fromisoformat(columns["from_on"])
    branch = branch_again(by_id(membership["branch_id"]), effects)
    open_again(person, branch=branch, **columns)

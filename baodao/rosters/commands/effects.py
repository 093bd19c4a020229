"""What applying a roster changed, kept sealed; undone as a whole while nothing was built on it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.people.commands.departures import close, open_again
from baodao.people.commands.facts import write_facts
from baodao.people.facts import BY_NAME
from baodao.people.models import Membership, Person
from baodao.people.queries.members import (
    changed_since,
    current,
    lock_persons,
    locked_persons,
    names_of,
)
from baodao.people.queries.relations import hanging
from baodao.people.rules.departures import Ending
from baodao.rosters.facts import NOTES
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import rosters
from baodao.rosters.rules.roster import RosterState

FACTS = tuple(BY_NAME[name] for name in ("name", "phone", "joined_on", *NOTES))
"""What a roster writes over of a person who is known."""

NAMED = 10
"""Persons who stand in the way and are told by name; more are counted."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Effects:
    """Whom a roster touched: `fresh` are persons it made, `before` what stood of the others, by
    their id, with `membership` None for who had none; `at` is the instant after it was applied."""

    fresh: list[UUID]
    before: dict[UUID, Json]
    at: datetime

    def packed(self) -> bytes:
        before = {str(person): facts for person, facts in self.before.items()}
        fresh = [str(person) for person in self.fresh]
        facts = {"fresh": fresh, "before": before, "at": self.at.isoformat()}
        return json.dumps(facts, ensure_ascii=False).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        facts = json.loads(content)
        before = {UUID(person): row for person, row in facts["before"].items()}
        fresh = [UUID(person) for person in facts["fresh"]]
        return cls(fresh, before, datetime.fromisoformat(facts["at"]))

    @property
    def persons(self) -> set[UUID]:
        return {*self.fresh, *self.before}


def standing_before(person_ids: Collection[UUID]) -> dict[UUID, Json]:
    """What stands of these locked persons before a roster is written over it."""
    rows = current().filter(person__in=person_ids)
    memberships = {row.person_id: _packed(row) for row in rows}
    return {
        person.pk: {
            "facts": {fact.name: _plain(getattr(person, fact.name)) for fact in FACTS},
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
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@command
def undo_roster(actor: Actor, *, roster_id: UUID) -> RosterImport:
    """Put back what an applied roster changed, all of it, while nothing was built on it.

    Persons whom it made stay known without a membership. What ended with who was said to have left
    (letters, registration, claims) stays ended. Raises `Refused` with who stands in the way.
    """
    roster = lock(rosters(actor), roster_id)
    effects = _effects_of(roster)
    lock_persons(effects.persons)
    _check_untouched(effects)
    for membership in _open_rows(effects):
        before = effects.before.get(membership.person_id, {}).get("membership")
        if before is None or before["id"] != str(membership.pk):
            close(membership, clock.today(), Ending.UNDONE)
    persons = {person.pk: person for person in locked_persons(list(effects.before))}
    for person_id, before in effects.before.items():
        _put_back(persons[person_id], before)
    roster.state, roster.effects_sealed = RosterState.UNDONE, None
    roster.save(update_fields=["state", "effects_sealed"])
    people = len(effects.persons)
    journal.write(actor, "roster.undone", roster.pk, roster.unit_id, people=people)
    return roster


def _effects_of(roster: RosterImport) -> Effects:
    if roster.state != RosterState.APPLIED or roster.effects_sealed is None:
        raise Refused(
            "roster.not-undoable",
            gettext_noop("This roster can no longer be undone. Correct the members one by one."),
        )
    later = RosterImport.objects.filter(unit=roster.unit_id, state=RosterState.APPLIED)
    if later.filter(applied_at__gt=roster.applied_at).exists():
        raise Refused(
            "roster.overlaid",
            gettext_noop("Another roster was applied after this one. Undo that one first."),
        )
    return Effects.unpacked(roster.effects)


def _open_rows(effects: Effects) -> Iterable[Membership]:
    rows = current().filter(person__in=effects.persons)
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _check_untouched(effects: Effects) -> None:
    """Refuse, naming who and what, where something was built on what the roster wrote."""
    words: dict[UUID, list[str]] = hanging(effects.fresh)
    for person_id in changed_since(effects.persons, effects.at):
        words.setdefault(person_id, []).append(CHANGED)
    if words:
        raise Refused(
            "roster.built-on",
            gettext_noop("Something was built on this roster: %(people)s. Undo that first."),
            people=_wording(words),
        )


CHANGED = gettext_noop("changed since")


def _wording(words: Mapping[UUID, list[str]]) -> str:
    """Who stands in the way, and with what; the first by name."""
    names = names_of(list(words)[:NAMED])
    people = [f"{names[person]}（{'、'.join(map(gettext, words[person]))}）" for person in names]
    more = len(words) - len(names)
    return "、".join(people) + (gettext(" and %(count)s more") % {"count": more} if more else "")


def _put_back(person: Person, before: Json) -> None:
    facts = dict(before["facts"])
    if facts["joined_on"]:
        facts["joined_on"] = date.fromisoformat(facts["joined_on"])
    write_facts(person, FACTS, facts)
    if not facts["phone"] and person.phone:
        person.phone = ""
        person.save()
    membership = before["membership"]
    if membership is None or current().filter(person=person).exists():
        return
    columns = {name: value for name, value in membership.items() if name != "id"}
    columns["from_on"] = date.fromisoformat(columns["from_on"])
    open_again(person, **columns)

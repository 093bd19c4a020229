"""What stands in the way of undoing a roster, by person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere, standing_of
from baodao.people.queries.members import changed_since, current, names_of, unit_of
from baodao.people.queries.relations import hanging, hanging_in, obstacles_to_return
from baodao.rosters.models import RosterImport
from baodao.rosters.rules.effects import Effects
from baodao.rosters.rules.roster import RosterState

NAMED = 10
"""Persons who stand in the way and are told by name in a sentence; more are counted."""

CHANGED = gettext_noop("changed since")
CLOSED = gettext_noop("the branch was closed")


@dataclass(frozen=True)
class RosterObstacle:
    """A person on whom something was built since a roster was applied, and what, in words."""

    name: str
    words: str


def effects_of(roster: RosterImport) -> Effects:
    """What applying a roster changed; refuses where it can be undone no longer, or not yet."""
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


def obstacles_of(effects: Effects) -> list[RosterObstacle]:
    """Who and what stands in the way of putting back what a roster changed."""
    words: defaultdict[UUID, list[str]] = defaultdict(list, hanging(effects.fresh))
    for person_id, more in _built_since(effects):
        words[person_id].extend(more)
    for person_id in changed_since(effects.persons, effects.at):
        words[person_id].append(CHANGED)
    for person_id in _of_closed_branches(effects):
        words[person_id].append(CLOSED)
    for person_id, more in obstacles_to_return(effects.ended).items():
        words[person_id].extend(more)
    names = names_of(words)
    return [
        RosterObstacle(names[one], "、".join(dict.fromkeys(map(gettext, words[one]))))
        for one in sorted(words, key=names.__getitem__)
    ]


def check_untouched(obstacles: list[RosterObstacle]) -> None:
    """Refuse, naming who and what, where something was built on what the roster wrote."""
    if obstacles:
        raise Refused(
            "roster.built-on",
            gettext_noop("Something was built on this roster: %(people)s. Undo that first."),
            people=_wording(obstacles),
        )


def branch_again(branch: Organisation, effects: Effects) -> Organisation:
    """Where a membership of before a roster begins again: in its branch, or in the one that took
    over from it since."""
    was_open = branch.closed_at is not None and branch.closed_at > effects.at
    return standing_of(branch) if was_open else branch


def _built_since(effects: Effects) -> Iterator[tuple[UUID, list[str]]]:
    """Of who came into the unit by the roster, or into another branch of it, the words for what was
    made since of its member, or of the member of that branch."""
    memberships = {one: row["membership"] for one, row in effects.before.items()}
    branch_ids = {row["branch_id"] for row in memberships.values() if row}
    branches = organisations_anywhere().select_related("parent").in_bulk(branch_ids)
    came, moved = set(), {}
    for now in current().filter(person__in=memberships):
        before = memberships[now.person_id]
        branch = branches[before["branch_id"]] if before else None
        if branch is None or unit_of(branch) != unit_of(now.branch):
            came.add(now.person_id)
        elif branch != now.branch:
            moved[now.person_id] = now.branch_id
    yield from hanging(came, effects.at).items()
    yield from hanging_in(moved, effects.at).items()


def _of_closed_branches(effects: Effects) -> Iterator[UUID]:
    """Whose branch was closed since, while nobody took over from it."""
    rows = {one: row["membership"] for one, row in effects.before.items() if row["membership"]}
    branch_ids = {row["branch_id"] for row in rows.values()}
    closed = organisations_anywhere().filter(pk__in=branch_ids, closed_at__gt=effects.at)
    gone = {one.pk for one in closed if branch_again(one, effects).closed_at is not None}
    yield from (person_id for person_id, row in rows.items() if row["branch_id"] in gone)


def _wording(obstacles: list[RosterObstacle]) -> str:
    people = "、".join(f"{one.name}（{one.words}）" for one in obstacles[:NAMED])
    more = len(obstacles) - NAMED
    return people + (gettext(" and %(count)s more") % {"count": more} if more > 0 else "")

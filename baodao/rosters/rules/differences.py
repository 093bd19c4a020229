"""What a roster changes against what a unit holds: new, changed, unchanged, gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from baodao.people.rules.standing import Grade, Standing
from baodao.rostersheets.rules.roster import RosterExit, RosterRow


class CurrentMember(NamedTuple):
    """A member of the unit, as far as a roster can tell of them; `notes` as in a row."""

    person_id: UUID
    membership_id: UUID
    branch: str
    standing: str
    grade: str
    lives_in_city: bool
    name: str
    phone_blind: bytes | None
    joined_on: date | None
    born_on: date
    home_community: int | None
    notes: tuple[str, ...]


class RowChange(NamedTuple):
    """A member whose row says something else about `facts`."""

    row: RosterRow
    member: CurrentMember
    facts: tuple[str, ...]


class MemberExit(NamedTuple):
    """A member of whom a row says, as the clerk confirmed, that they are gone."""

    row: RosterExit
    member: CurrentMember


@dataclass
class RosterDifferences:
    """The rows to be taken over, the members who are gone by the file, and those who are not in
    it."""

    new: list[RosterRow] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: int = 0
    exits: list[MemberExit] = field(default_factory=list)
    gone: list[CurrentMember] = field(default_factory=list)


MEMBERSHIP_FACTS = ("branch", "standing", "grade", "lives_in_city")
COMPARED = (*MEMBERSHIP_FACTS, "name", "joined_on", "home_community")
OF_ROW = itemgetter(*map(RosterRow._fields.index, COMPARED))
OF_MEMBER = itemgetter(*map(CurrentMember._fields.index, COMPARED))
DEFAULT_STANDING = Standing.IN_SERVICE
DEFAULT_GRADE = Grade.FULL
SEPARATOR = "\x1f"
"""Between two facts in `told_digest`; no text that is kept holds a control character."""


def told_digest(row: RosterRow, branch: int | None, phone: bytes | None) -> bytes:
    """SHA-256 of what a row says of a member, as PostgreSQL's `concat` writes what is held: equal
    where nothing that the row says is otherwise. `branch` and `phone` are as they are held. Where
    the row says nothing stands what most people have."""
    facts = (
        "" if branch is None else str(branch),
        row.standing or DEFAULT_STANDING,
        row.grade or DEFAULT_GRADE,
        "f" if row.lives_in_city is False else "t",
        row.name,
        "" if row.joined_on is None else row.joined_on.isoformat(),
        "" if row.home_community is None else str(row.home_community),
        "" if phone is None else "\\x" + phone.hex(),
        *row.notes,
    )
    return sha256(SEPARATOR.join(facts).encode()).digest()


def compare(
    rows: Sequence[RosterRow],
    index: Mapping[str, bytes],
    members: Mapping[bytes, CurrentMember],
    notes: Sequence[str],
) -> RosterDifferences:
    """Compare the good rows with the members of the unit.

    `index` gives the blind index of every ID number and telephone in them, by which `members` are
    found; `notes` names the notes of both. What a row leaves empty says nothing and changes
    nothing. `gone` is left to `missing`.
    """
    differences = RosterDifferences()
    for row in rows:
        member = members.get(index[row.id_number])
        if member is None:
            differences.new.append(row)
            continue
        facts = [] if OF_ROW(row) == OF_MEMBER(member) else _changed_facts(row, member)
        if row.notes != member.notes:
            facts += _changed_notes(row, member, notes)
        if row.phone and index[row.phone] != member.phone_blind:
            facts.append("phone")
        if facts:
            differences.changed.append(RowChange(row, member, tuple(facts)))
        else:
            differences.unchanged += 1
    return differences


def _changed_facts(row: RosterRow, member: CurrentMember) -> list[str]:
    both = zip(COMPARED, OF_ROW(row), OF_MEMBER(member), strict=True)
    return [name for name, mine, theirs in both if mine != theirs and mine not in ("", None)]


def _changed_notes(row: RosterRow, member: CurrentMember, notes: Sequence[str]) -> list[str]:
    both = zip(notes, row.notes, member.notes, strict=True)
    return [name for name, mine, theirs in both if mine and mine != theirs]


def missing(
    members: Mapping[bytes, CurrentMember], unspoken: Collection[bytes], unclear: set[str]
) -> list[CurrentMember]:
    """Those of the members of whom the file does not speak, `unspoken` by number, and not by name
    with an unreadable number either."""
    return [
        member for key, member in members.items() if key in unspoken and member.name not in unclear
    ]

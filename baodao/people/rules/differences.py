"""What a roster changes against what a unit holds: new, changed, unchanged, gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from baodao.people.rules.roster import RosterRow
from baodao.people.rules.standing import Grade, Standing


class Held(NamedTuple):
    """A current member of the unit, as far as a roster can tell of them."""

    person_id: UUID
    membership_id: UUID
    branch: str
    standing: str
    grade: str
    lives_in_city: bool
    name: str
    phone_blind: bytes | None
    joined_on: date | None
    position: str
    specialty: str
    interests: str
    address: str
    ethnicity: str
    education: str


class Change(NamedTuple):
    """A held person whose row says something else about `fields`."""

    row: RosterRow
    held: Held
    fields: tuple[str, ...]


@dataclass
class Differences:
    """The rows to be taken over and the people who are held but not in the file."""

    new: list[RosterRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    gone: list[Held] = field(default_factory=list)


MEMBERSHIP_FIELDS = ("branch", "standing", "grade", "lives_in_city")
PERSON_FIELDS = (
    *("name", "joined_on", "position", "specialty", "interests", "address"),
    *("ethnicity", "education"),
)
COMPARED = (*MEMBERSHIP_FIELDS, *PERSON_FIELDS)
SIDES = tuple((RosterRow._fields.index(f), Held._fields.index(f), f) for f in COMPARED)
DEFAULT_STANDING = Standing.IN_SERVICE
DEFAULT_GRADE = Grade.FULL


def compare(
    rows: Sequence[RosterRow], index: Mapping[str, bytes], held: Mapping[bytes, Held]
) -> Differences:
    """Compare the good rows with what is held.

    `index` gives the blind index of every ID number and telephone in them, by which `held` is
    found. What a row leaves empty says nothing and changes nothing. `gone` is left to `missing`.
    """
    found = Differences()
    for row in rows:
        known = held.get(index[row.id_number])
        if known is None:
            found.new.append(row)
            continue
        fields = [
            name
            for mine, theirs, name in SIDES
            if row[mine] != known[theirs] and row[mine] not in ("", None)
        ]
        if row.phone and index[row.phone] != known.phone_blind:
            fields.append("phone")
        if fields:
            found.changed.append(Change(row, known, tuple(fields)))
        else:
            found.unchanged += 1
    return found


def missing(held: Mapping[bytes, Held], seen: Iterable[bytes], unclear: set[str]) -> list[Held]:
    """Held people of whom the file does not speak, not even by name with an unreadable number."""
    spoken_of = set(seen)
    return [
        member
        for blind, member in held.items()
        if blind not in spoken_of and member.name not in unclear
    ]

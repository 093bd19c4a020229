"""Who is kept under the numbers of a roster that are new to its unit."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from baodao.orgs.models import Organisation

KNOWN_PERSONS = """
    SELECT person.id_blind, person.id, person.name, kept.name, membership.id,
        coalesce(unit.id, branch.id), coalesce(unit.closed_at, branch.closed_at) IS NULL,
        kept.id IS NOT NULL, person.contested_at IS NULL
    FROM unnest(
        ARRAY(SELECT decode(entry, 'hex') FROM unnest(string_to_array(%s, ' ')) entry),
        ARRAY(SELECT decode(entry, 'hex') FROM unnest(string_to_array(%s, ' ')) entry)
    ) asked(tail, blind)
    JOIN people_person person
        ON person.id_tail_blind = asked.tail AND person.id_blind = asked.blind
    LEFT JOIN people_person kept ON kept.id = person.merged_into_id
    LEFT JOIN people_membership membership
        ON membership.person_id = coalesce(kept.id, person.id) AND membership.closed_at IS NULL
    LEFT JOIN orgs_organisation branch ON branch.id = membership.branch_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id AND branch.kind = 'branch'
    ORDER BY person.contested_at NULLS FIRST, person.id
"""
BATCH = 10_000

BlindNumber = tuple[bytes, bytes]
"""The blind indexes of the end of an ID number and of the whole of it."""

NamedNumber = tuple[bytes, str]
"""The blind index of an ID number, and a name."""


class KnownPerson(NamedTuple):
    """A person who is kept under a number: what they are called, with the name of the entry as
    which they go on who were entered twice; their membership, of which unit, if it is open; whether
    it is they who hold the number."""

    blind: bytes
    person_id: UUID
    name: str
    kept_name: str | None
    membership_id: UUID | None
    unit_id: int | None
    is_open: bool
    is_merged: bool
    is_holder: bool


class KnownNumbers:
    """Persons who are kept under numbers that are new to the unit, met by number and name.

    `free` are nobody's, or of a unit that was closed, in which `over` is their membership;
    `others` are members of other open units; `merged` were entered twice and are somebody else by
    now; `numbers` are those that somebody holds, of whatever name.
    """

    def __init__(self, unit: Organisation, numbers: Iterable[BlindNumber]) -> None:
        self.free: dict[NamedNumber, UUID] = {}
        self.over: dict[NamedNumber, UUID] = {}
        self.others: set[NamedNumber] = set()
        self.merged: set[NamedNumber] = set()
        self.numbers: set[bytes] = set()
        met: set[NamedNumber] = set()
        for one in _known_persons(numbers):
            if one.is_holder:
                self.numbers.add(one.blind)
            for name in {one.name, one.kept_name or one.name}:
                key = (one.blind, name)
                if key not in met:
                    met.add(key)
                    self._sort(key, one, unit)

    def is_contested(self, key: NamedNumber) -> bool:
        """Whether somebody of another name holds the number, which no page tells."""
        return key[0] in self.numbers and key not in self.free

    def _sort(self, key: NamedNumber, one: KnownPerson, unit: Organisation) -> None:
        if one.membership_id is not None and one.is_open and one.unit_id != unit.pk:
            self.others.add(key)
        elif one.is_merged:
            self.merged.add(key)
        else:
            self.free[key] = one.person_id
            if one.membership_id is not None:
                self.over[key] = one.membership_id


def _known_persons(numbers: Iterable[BlindNumber]) -> Iterable[KnownPerson]:
    remaining = iter(numbers)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, BATCH)):
            columns = zip(*batch, strict=True)
            cursor.execute(KNOWN_PERSONS, [" ".join(map(bytes.hex, one)) for one in columns])
            for blind, *facts in cursor.fetchall():
                yield KnownPerson(bytes(blind), *facts)

"""Whom a unit holds, as a roster is compared with them: most rows by a digest alone."""

from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import BinaryField, F, Func, TextField, Value

from baodao.kernel import crypto
from baodao.kernel.prepared import among
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import memberships_of
from baodao.rosters.facts import NOTES
from baodao.rosters.rules.differences import SEPARATOR, CurrentMember, told_digest
from baodao.rostersheets.rules.roster import RosterRow

COMPARED_COLUMNS = (
    *("branch_id", "standing", "grade", "lives_in_city", "person__name", "person__joined_on"),
    *("person__home_community", "person__phone_blind"),
    *(f"person__{note}" for note in NOTES),
)
"""What a roster can tell of a member, in the order of `told_digest`."""

MEMBER_COLUMNS = (
    *("person__id_blind", "branch_id", "person_id", "id", "standing", "grade", "lives_in_city"),
    *("person__name", "person__phone_blind", "person__joined_on", "person__born_on"),
    "person__home_community",
    *(f"person__{note}" for note in NOTES),
)
FIRST_NOTE = MEMBER_COLUMNS.index(f"person__{NOTES[0]}")
BATCH = 10_000
ID = 16
"""Bytes of an id, behind each digest."""


class HeldMembers:
    """The members of a unit by the blind index of their ID number, followed by the name of whoever
    is the second under one number.

    Kept is a digest of what a roster can tell of each, and behind it the person's id. It costs a
    tenth of their facts, so that it is fetched while a file is being parsed, and who is told of as
    they are held is never loaded.
    """

    def __init__(self, unit: Organisation, branches: Mapping[str, int]) -> None:
        self._unit = unit
        self._branches = branches
        self._digests: dict[bytes, bytes] = {}
        self._doubles: set[bytes] = set()
        rows = memberships_of(unit).annotate(digest=_digest())
        columns = rows.values_list("person__id_blind", "person__name", "digest")
        for blind, name, digest in columns.iterator(BATCH):
            key = bytes(blind)
            if key in self._digests:
                key += name.encode()
                self._doubles.add(key)
            self._digests[key] = bytes(digest)

    def __len__(self) -> int:
        return len(self._digests)

    @property
    def keys(self) -> KeysView[bytes]:
        return self._digests.keys()

    def index_of(self, rows: Sequence[RosterRow]) -> dict[str, bytes]:
        """By which key whoever each row is about is looked for, by their ID number."""
        blinds = crypto.ring().blinds((row.id_number for row in rows), Person.id_number.purpose)
        if self._doubles:
            blinds |= {one.id_number: self._key(blinds[one.id_number], one.name) for one in rows}
        return blinds

    def key_of(self, number: str, name: str) -> bytes:
        """By which key a person of an ID number and a name is looked for."""
        return self._key(crypto.ring().blind(number, Person.id_number.purpose), name)

    def _key(self, blind: bytes, name: str) -> bytes:
        longer = blind + name.encode()
        return longer if longer in self._doubles else blind

    def told_otherwise(
        self, rows: Iterable[RosterRow], index: Mapping[str, bytes]
    ) -> list[RosterRow]:
        """The rows of which something may be otherwise than held: who is new, and also who is told
        less of than is held, which `compare` knows to say nothing."""
        digests, branches = self._digests, self._branches
        others = []
        for row in rows:
            digest = digests.get(index[row.id_number])
            phone = index[row.phone] if digest and row.phone else None
            words = told_digest(row, branches.get(row.branch), phone) if digest else b""
            if digest is None or not digest.startswith(words):
                others.append(row)
        return others

    def load(self, keys: Collection[bytes]) -> dict[bytes, CurrentMember]:
        """Those of these members who are still held; equal notes are kept once."""
        names = {branch: name for name, branch in self._branches.items()}
        rows = memberships_of(self._unit)
        if 2 * len(keys) < len(self._digests):
            entries = [self._digests[key] for key in keys if key in self._digests]
            rows = rows.filter(among("person_id", [UUID(bytes=one[-ID:]) for one in entries]))
        members: dict[bytes, CurrentMember] = {}
        texts: dict[str, str] = {}
        for row in rows.values_list(*MEMBER_COLUMNS).iterator(BATCH) if keys else ():
            blind, branch, person, membership, *facts = row[:FIRST_NOTE]
            notes = tuple([texts.setdefault(text, text) for text in row[FIRST_NOTE:]])
            values = (person, membership, names.get(branch, ""), *facts, notes)
            member = CurrentMember._make(values)
            key = self._key(bytes(blind), member.name)
            if key in keys:
                members[key] = member
        return members

    def people(self, names: Collection[str]) -> set[tuple[str, date, bytes | None]]:
        """Name, birthday and blind index of the telephone of the members who are called so."""
        rows = memberships_of(self._unit).filter(among("person__name", names, TextField))
        columns = ("person__name", "person__born_on", "person__phone_blind")
        return {(name, born, phone) for name, born, phone in rows.values_list(*columns)}


def _digest() -> Func:
    """What `told_digest` is of a row that tells all that is held, and the person's id."""
    parts = [part for name in COMPARED_COLUMNS for part in (Value(SEPARATOR), F(name))]
    text = Func(*parts[1:], function="concat", output_field=TextField())
    encoded = Func(text, Value("UTF8"), function="convert_to", output_field=BinaryField())
    digest = Func(encoded, function="sha256", output_field=BinaryField())
    person = Func(F("person_id"), function="uuid_send", output_field=BinaryField())
    joined = {"template": "%(expressions)s", "arg_joiner": " || "}
    return Func(digest, person, **joined, output_field=BinaryField())

"""Persons and memberships by the hundred thousand: one statement for many rows."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import connection

from baodao.kernel import clock, ids
from baodao.kernel.crypto import KeyRing
from baodao.kernel.pinyin import name_reading
from baodao.people.rules.differences import DEFAULT_GRADE, DEFAULT_STANDING
from baodao.people.rules.names import bigrams
from baodao.people.rules.roster import RosterRow

NUMBER_ALPHABET = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8
NUMBER_LENGTH = 10

PERSON_COLUMNS = (
    *("id", "number", "name", "name_bigrams", "pinyin", "initials", "sex", "born_on"),
    *("id_sealed", "id_blind", "id_tail_blind", "phone_sealed", "phone_blind"),
    *("phone_tail_blind", "joined_on", "ethnicity", "education", "position", "specialty"),
    *("interests", "wishes", "free_times", "address", "created_at", "changed_at"),
)
MEMBERSHIP_COLUMNS = (
    *("id", "person_id", "branch_id", "standing", "grade", "lives_in_city", "from_on"),
    "recorded_at",
)
UPDATE_PERSONS = """
    UPDATE people_person person SET
        name = said.name,
        name_bigrams = string_to_array(said.bigrams, ' '),
        pinyin = said.pinyin,
        initials = said.initials,
        phone_sealed = coalesce(said.phone_sealed, person.phone_sealed),
        phone_blind = coalesce(said.phone_blind, person.phone_blind),
        phone_tail_blind = coalesce(said.phone_tail_blind, person.phone_tail_blind),
        joined_on = coalesce(said.joined_on, person.joined_on),
        ethnicity = coalesce(nullif(said.ethnicity, ''), person.ethnicity),
        education = coalesce(nullif(said.education, ''), person.education),
        position = coalesce(nullif(said.position, ''), person.position),
        specialty = coalesce(nullif(said.specialty, ''), person.specialty),
        interests = coalesce(nullif(said.interests, ''), person.interests),
        address = coalesce(nullif(said.address, ''), person.address),
        changed_at = %s
    FROM unnest(
        %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[],
        %s::bytea[], %s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[]
    ) AS said(
        id, name, bigrams, pinyin, initials, phone_sealed, phone_blind, phone_tail_blind,
        joined_on, ethnicity, education, position, specialty, interests, address
    )
    WHERE person.id = said.id
"""
CLOSE_MEMBERSHIPS = """
    UPDATE people_membership
    SET closed_at = %s, to_on = greatest(from_on, %s)
    WHERE id = ANY(%s) AND closed_at IS NULL
    RETURNING person_id
"""
LOCK_PERSONS = "SELECT id FROM people_person WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
NULL = "\\N"
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
BATCH = 5_000
PIECE = 50
"""Rows sent at a time: a piece fits the socket's buffer, so the next one is made while the server
still works on it."""


def new_number() -> str:
    """A volunteer number: V and ten characters, of which none looks like another."""
    return "V" + os.urandom(NUMBER_LENGTH).translate(NUMBER_ALPHABET).decode()


@dataclass(frozen=True)
class Period:
    """A membership to be opened today."""

    person_id: UUID
    branch_id: int
    standing: str
    grade: str
    lives_in_city: bool


def period_of(row: RosterRow, person_id: UUID, branch_id: int) -> Period:
    """The membership a row tells of; what it leaves open is in service, full, in the city."""
    return Period(
        person_id,
        branch_id,
        row.standing or DEFAULT_STANDING,
        row.grade or DEFAULT_GRADE,
        row.lives_in_city is not False,
    )


class Sealing:
    """The sealed and blind columns of ID numbers and telephones.

    `index` holds blind indexes that are known already; those of tails are remembered.
    """

    def __init__(self, ring: KeyRing, index: Mapping[str, bytes]) -> None:
        self._seal = ring.seal
        self._blind = ring.blind
        self._index = index
        self._tails: dict[str, bytes] = {}

    def columns(self, value: str, purpose: str) -> tuple[bytes | None, bytes | None, bytes | None]:
        """Sealed value, blind index, blind index of its last four characters.

        `purpose` is "id-number" or "phone"; tails have the purposes "id-tail" and "phone-tail".
        """
        if not value:
            return None, None, None
        blind = self._index.get(value) or self._blind(value, purpose)
        tail_purpose = "phone-tail" if purpose == "phone" else "id-tail"
        key = tail_purpose + value[-4:]
        tail = self._tails.get(key)
        if tail is None:
            tail = self._tails[key] = self._blind(value[-4:], tail_purpose)
        return self._seal(value, purpose), blind, tail


def lock_persons(person_ids: Sequence[UUID]) -> None:
    """Hold these persons, in the order of ids, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_PERSONS, [list(person_ids)])


def insert_persons(rows: Iterable[tuple[UUID, RosterRow]], sealing: Sealing) -> None:
    """Append persons who are not held yet, with the given ids."""
    now = clock.now().isoformat()
    persons = (_person(person_id, row, sealing, now) for person_id, row in rows)
    _copy("people_person", PERSON_COLUMNS, persons)


def insert_memberships(periods: Iterable[Period]) -> None:
    """Open memberships as of today."""
    today, now = clock.today().isoformat(), clock.now().isoformat()
    rows = (
        (
            ids.new_id().hex,
            period.person_id.hex,
            str(period.branch_id),
            period.standing,
            period.grade,
            "t" if period.lives_in_city else "f",
            today,
            now,
        )
        for period in periods
    )
    _copy("people_membership", MEMBERSHIP_COLUMNS, rows)


def update_persons(rows: Sequence[tuple[UUID, RosterRow]], sealing: Sealing) -> None:
    """Write what rows say over what is held; what they leave empty stays."""
    now = clock.now()
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            said = [_said(person_id, row, sealing) for person_id, row in batch]
            columns = [list(column) for column in zip(*said, strict=True)]
            cursor.execute(UPDATE_PERSONS, [now, *columns])


def close_memberships(membership_ids: Sequence[UUID]) -> list[UUID]:
    """End memberships today; returns the persons whose membership was still open."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_MEMBERSHIPS, [clock.now(), clock.today(), list(membership_ids)])
        return [row[0] for row in cursor.fetchall()]


def _person(person_id: UUID, row: RosterRow, sealing: Sealing, now: str) -> tuple[str, ...]:
    pinyin, initials = name_reading(row.name)
    pairs = '","'.join(bigrams(row.name))
    return (
        person_id.hex,
        new_number(),
        row.name,
        f'{{"{pairs}"}}',
        pinyin,
        initials,
        row.sex,
        row.born_on.isoformat(),
        *map(_bytea, sealing.columns(row.id_number, "id-number")),
        *map(_bytea, sealing.columns(row.phone, "phone")),
        row.joined_on.isoformat() if row.joined_on else NULL,
        _text(row.ethnicity),
        _text(row.education),
        _text(row.position),
        _text(row.specialty),
        _text(row.interests),
        "",
        "",
        _text(row.address),
        now,
        now,
    )


def _bytea(value: bytes | None) -> str:
    return NULL if value is None else "\\\\x" + value.hex()


def _text(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else value.translate(COPY_ESCAPES)


def _said(person_id: UUID, row: RosterRow, sealing: Sealing) -> tuple[object, ...]:
    pinyin, initials = name_reading(row.name)
    return (
        person_id,
        row.name,
        " ".join(bigrams(row.name)),
        pinyin,
        initials,
        *sealing.columns(row.phone, "phone"),
        row.joined_on,
        row.ethnicity,
        row.education,
        row.position,
        row.specialty,
        row.interests,
        row.address,
    )


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """COPY in its text format, made here: quicker than value by value."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    wrapped = connection.wrap_database_errors
    with wrapped, connection.cursor() as cursor, cursor.copy(statement) as copy:
        lines = iter(rows)
        while piece := list(islice(lines, PIECE)):
            copy.write("".join("\t".join(row) + "\n" for row in piece))


def _batches(
    rows: Iterable[tuple[UUID, RosterRow]],
) -> Iterator[list[tuple[UUID, RosterRow]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch

"""Persons and memberships by the hundred thousand: one statement for many rows."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
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

NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
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
BATCH = 5_000


def new_number() -> str:
    """A volunteer number: V and ten characters, of which none looks like another."""
    return "V" + "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(NUMBER_LENGTH))


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
    """The sealed and blind columns of ID numbers and telephones; tails are remembered."""

    def __init__(self, ring: KeyRing) -> None:
        self._seal = ring.seal
        self._blind = ring.blind
        self._tails: dict[tuple[str, str], bytes] = {}

    def columns(self, value: str, purpose: str) -> tuple[bytes | None, bytes | None, bytes | None]:
        """Sealed value, blind index, blind index of its last four characters."""
        if not value:
            return None, None, None
        return (
            self._seal(value, purpose),
            self.blind(value, purpose),
            self.tail(value, purpose),
        )

    def blind(self, value: str, purpose: str) -> bytes:
        return self._blind(value, purpose)

    def tail(self, value: str, purpose: str) -> bytes:
        """Purposes of tails are "id-tail" and "phone-tail"."""
        key = (value[-4:], purpose.partition("-")[0])
        known = self._tails.get(key)
        if known is None:
            known = self._tails[key] = self._blind(key[0], f"{key[1]}-tail")
        return known


def lock_persons(person_ids: Sequence[UUID]) -> None:
    """Hold these persons, in the order of ids, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_PERSONS, [list(person_ids)])


def insert_persons(rows: Iterable[tuple[UUID, RosterRow]], ring: KeyRing) -> None:
    """Append persons who are not held yet, with the given ids."""
    sealing = Sealing(ring)
    _copy("people_person", PERSON_COLUMNS, (_person(*row, sealing) for row in rows))


def insert_memberships(periods: Iterable[Period]) -> None:
    """Open memberships as of today."""
    today, now = clock.today(), clock.now()
    _copy(
        "people_membership",
        MEMBERSHIP_COLUMNS,
        (
            (
                ids.new_id(),
                period.person_id,
                period.branch_id,
                period.standing,
                period.grade,
                period.lives_in_city,
                today,
                now,
            )
            for period in periods
        ),
    )


def update_persons(rows: Sequence[tuple[UUID, RosterRow]], ring: KeyRing) -> None:
    """Write what rows say over what is held; what they leave empty stays."""
    sealing = Sealing(ring)
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


def _person(person_id: UUID, row: RosterRow, sealing: Sealing) -> tuple[object, ...]:
    now = clock.now()
    pinyin, initials = name_reading(row.name)
    return (
        person_id,
        new_number(),
        row.name,
        bigrams(row.name),
        pinyin,
        initials,
        row.sex,
        row.born_on,
        *sealing.columns(row.id_number, "id-number"),
        *sealing.columns(row.phone, "phone"),
        row.joined_on,
        row.ethnicity,
        row.education,
        row.position,
        row.specialty,
        row.interests,
        "",
        "",
        row.address,
        now,
        now,
    )


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


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _batches(
    rows: Iterable[tuple[UUID, RosterRow]],
) -> Iterator[list[tuple[UUID, RosterRow]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch

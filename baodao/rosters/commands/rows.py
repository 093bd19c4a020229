"""Rows of persons and memberships by the hundred thousand: one statement for many."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import connection

from baodao.kernel import clock, ids
from baodao.kernel.copy_lines import ESCAPES, NULL, bytea
from baodao.kernel.crypto import KeyRing
from baodao.kernel.inserts import append_lines
from baodao.kernel.pinyin import name_reading, other_readings
from baodao.kernel.sealed import TAIL, SealedText
from baodao.people.commands.numbers import new_number
from baodao.people.facts import FactKind, Keeper, kept_by
from baodao.people.models import Person
from baodao.people.rules.departures import Ending
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.people.rules.names import bigrams
from baodao.rosters.facts import NOTES
from baodao.rosters.rules.differences import DEFAULT_GRADE, DEFAULT_STANDING
from baodao.rostersheets.rules.roster import RosterRow

NO_NOTES = tuple(
    fact.name
    for fact in kept_by(Keeper.PERSON)
    if fact.kind is FactKind.TEXT and not fact.columns and fact.name not in (*NOTES, "number")
)
"""Texts of a person that no roster tells; a new person begins without them."""

PERSON_COLUMNS = (
    *("id", "number", "name", "name_bigrams", "pinyin", "initials"),
    *("other_readings", "sex", "born_on"),
    *("id_document", "id_sealed", "id_blind", "id_tail_blind", "contested_at", "phone_sealed"),
    *("phone_blind", "phone_tail_blind", "joined_on", *NOTES, *NO_NOTES),
    *("home_community_id", "created_at", "changed_at"),
)
MEMBERSHIP_COLUMNS = (
    *("id", "person_id", "branch_id", "standing", "grade", "lives_in_city", "from_on"),
    *("is_dated", "recorded_at", "ending"),
)
SET_NOTES = ", ".join(
    f"{note} = coalesce(nullif(entry.{note}, ''), person.{note})" for note in NOTES
)
UPDATE_PERSONS = f"""
    UPDATE people_person person SET
        name = entry.name,
        name_bigrams = string_to_array(entry.bigrams, ' '),
        pinyin = entry.pinyin,
        initials = entry.initials,
        other_readings = nullif(string_to_array(entry.other_readings, ' '), '{{}}'),
        phone_sealed = coalesce(entry.phone_sealed, person.phone_sealed),
        phone_blind = coalesce(entry.phone_blind, person.phone_blind),
        phone_tail_blind = coalesce(entry.phone_tail_blind, person.phone_tail_blind),
        joined_on = coalesce(entry.joined_on, person.joined_on),
        {SET_NOTES},
        died_on = NULL,
        changed_at = %s
    FROM unnest(
        %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[],
        %s::bytea[], %s::bytea[], %s::date[]{", %s::text[]" * len(NOTES)}
    ) AS entry(
        id, name, bigrams, pinyin, initials, other_readings, phone_sealed, phone_blind,
        phone_tail_blind, joined_on, {", ".join(NOTES)}
    )
    WHERE person.id = entry.id
"""  # noqa: S608 - names of our own columns
CLOSE_MEMBERSHIPS = """
    UPDATE people_membership
    SET closed_at = %s, to_on = greatest(from_on, %s), ending = %s
    WHERE id = ANY(%s) AND closed_at IS NULL
    RETURNING person_id, branch_id, to_on
"""
EMPTY = tuple("" for _ in NO_NOTES)
ID_NUMBER, PHONE = Person.id_number, Person.phone
BATCH = 5_000
T = TypeVar("T")


class MembershipPeriod(NamedTuple):
    """A membership to be opened today."""

    person_id: UUID
    branch_id: int
    standing: str
    grade: str
    lives_in_city: bool


class ClosedMembership(NamedTuple):
    """A membership that was ended: whose, in which branch, as of which civil day."""

    person_id: UUID
    branch_id: int
    on: date


def period_of(row: RosterRow, person_id: UUID, branch_id: int) -> MembershipPeriod:
    """The membership a row tells of; what it leaves open is in service, full, in the city."""
    return MembershipPeriod(
        person_id,
        branch_id,
        row.standing or DEFAULT_STANDING,
        row.grade or DEFAULT_GRADE,
        row.lives_in_city is not False,
    )


class Sealing:
    """The columns of ID numbers and telephones, with one ring of keys for many rows.

    `index` holds blind indexes that are known already; those of tails are remembered.
    """

    def __init__(self, ring: KeyRing, index: Mapping[str, bytes]) -> None:
        self._seal = ring.seal
        self._blind = ring.blind
        self._index = index
        self._tails: dict[str, bytes] = {}

    def columns(
        self, text: str, column: SealedText
    ) -> tuple[bytes | None, bytes | None, bytes | None]:
        """Sealed value, blind index, blind index of its tail, as `column` keeps them."""
        if not text:
            return None, None, None
        blind = self._index.get(text) or self._blind(text, column.purpose)
        key = column.tail_purpose + text[-TAIL:]
        tail = self._tails.get(key)
        if tail is None:
            tail = self._tails[key] = self._blind(text[-TAIL:], column.tail_purpose)
        return self._seal(text, column.purpose), blind, tail


def insert_persons(
    rows: Iterable[tuple[UUID, RosterRow]], sealing: Sealing, contested: Collection[str] = ()
) -> None:
    """Append persons who are not kept yet, with the given ids; `contested` are ID numbers that
    people of another name hold. In the order of how names are read and of ids six of the indexes
    grow in one place after another, not all over."""
    now = clock.now().isoformat()
    persons = (
        _person(person_id, row, sealing, (now if row.id_number in contested else NULL, now))
        for person_id, row in rows
    )
    _copy("people_person", PERSON_COLUMNS, persons)


def insert_memberships(periods: Iterable[MembershipPeriod]) -> None:
    """Open memberships as of today, the day on which they became known: a roster tells none."""
    today, now = clock.today().isoformat(), clock.now().isoformat()
    rows = (
        (
            membership_id.hex,
            period.person_id.hex,
            str(period.branch_id),
            period.standing,
            period.grade,
            "t" if period.lives_in_city else "f",
            today,
            "f",
            now,
            "",
        )
        for batch in _batches(periods)
        for membership_id, period in zip(ids.new_ids(len(batch)), batch, strict=True)
    )
    _copy("people_membership", MEMBERSHIP_COLUMNS, rows)


def update_persons(rows: Sequence[tuple[UUID, RosterRow]], sealing: Sealing) -> None:
    """Write what rows say over what is held; what they leave empty stays. Who is a member by a
    roster has not died."""
    now = clock.now()
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            values = [_values(person_id, row, sealing) for person_id, row in batch]
            columns = [list(column) for column in zip(*values, strict=True)]
            cursor.execute(UPDATE_PERSONS, [now, *columns])


def close_memberships(
    membership_ids: Sequence[UUID], ending: Ending | None = None, on: date | None = None
) -> list[ClosedMembership]:
    """End memberships today or `on` a day, not before they began; returns those that were open.

    Without an ending another membership of the person follows in the same unit.
    """
    values = [clock.now(), on or clock.today(), ending or "", list(membership_ids)]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_MEMBERSHIPS, values)
        return [ClosedMembership(*row) for row in cursor.fetchall()]


def _person(
    person_id: UUID, row: RosterRow, sealing: Sealing, instants: tuple[str, str]
) -> tuple[str, ...]:
    """The columns of a new person; `instants` are since when the number is contested, and now."""
    contested_at, now = instants
    return (
        person_id.hex,
        new_number(),
        *_name_columns(row.name),
        row.sex,
        row.born_on.isoformat(),
        IdentityDocument.CARD,
        *map(bytea, sealing.columns(row.id_number, ID_NUMBER)),
        contested_at,
        *map(bytea, sealing.columns(row.phone, PHONE)),
        row.joined_on.isoformat() if row.joined_on else NULL,
        *_escaped(row.notes),
        *EMPTY,
        NULL if row.home_community is None else str(row.home_community),
        now,
        now,
    )


def in_reading_order(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """The rows in the order in which their names are read."""
    readings = {name: name_reading(name)[0] for name in {row.name for row in rows}}
    return sorted(rows, key=lambda row: readings[row.name])


@lru_cache(maxsize=1_024)
def _name_columns(name: str) -> tuple[str, ...]:
    """A name and how it is found, as COPY reads them. Many people of a large unit share one, and in
    the order of reading they stand near each other."""
    pinyin, initials = name_reading(name)
    pairs = '","'.join(bigrams(name))
    others = other_readings(name)
    return name, f'{{"{pairs}"}}', pinyin, initials, f"{{{','.join(others)}}}" if others else NULL


def _escaped(notes: tuple[str, ...]) -> Iterable[str]:
    """Texts as COPY reads them; hardly any holds something that it would read otherwise."""
    together = "".join(notes)
    if together.isprintable() and "\\" not in together:
        return notes
    return (note.translate(ESCAPES) for note in notes)


def _values(person_id: UUID, row: RosterRow, sealing: Sealing) -> tuple[object, ...]:
    pinyin, initials = name_reading(row.name)
    return (
        person_id,
        row.name,
        " ".join(bigrams(row.name)),
        pinyin,
        initials,
        " ".join(other_readings(row.name)),
        *sealing.columns(row.phone, PHONE),
        row.joined_on,
        *row.notes,
    )


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """COPY in its text format, made here: quicker than value by value."""
    append_lines(table, columns, ("\t".join(row).encode() for row in rows))


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch

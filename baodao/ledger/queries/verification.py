"""Verifying the chains against themselves, their heads, and the seals inside and outside.

Rows are streamed by COPY in the order of their places and hashed as they come, in one snapshot of
the database; memory does not grow with the number of rows.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

from django.db import connection, transaction

from baodao.kernel import signatures
from baodao.kernel.errors import Absent
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries.seals import filed, files_in, key_in, known_keys, last_sealed, seal_rows
from baodao.ledger.rules.chain import COLUMNS
from baodao.ledger.rules.seals import Sealed
from baodao.ledger.rules.verification import (
    DOUBTS,
    MESSAGES,
    Damage,
    Doubt,
    Walked,
    id_of,
    origin_of,
    seq_of,
    walk,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_id
from baodao.ui.wording import filled

_COLUMNS = ", ".join(f'"{column}"' for column in COLUMNS)
STREAM = """
    COPY (
        SELECT encode(hash, 'hex'), {columns} FROM ledger_servicerecord
        WHERE community_id = {community} ORDER BY seq
    ) TO STDOUT
"""
PLACES = "SELECT DISTINCT community_id FROM ledger_servicerecord"
AT_ONCE = 2_000
MISPLACED = """
    SELECT seq, id::text FROM (
        SELECT seq, id, row_number() OVER (ORDER BY seq) AS place
        FROM ledger_servicerecord WHERE community_id = %s
    ) AS row WHERE seq <> place ORDER BY seq LIMIT 1
"""


@dataclass(frozen=True)
class Bad:
    """The first row that is not what it was; `id` is None where the row is gone."""

    community: str
    seq: int
    id: str | None
    kind: Damage
    message: str


@dataclass(frozen=True)
class Unproved:
    """Rows of which only the chain itself speaks, in how many chains, and what to do."""

    doubt: Doubt
    records: int
    chains: int

    @property
    def message(self) -> str:
        return filled(DOUBTS[self.doubt], {"records": self.records, "chains": self.chains})


@dataclass
class Verdict:
    """How much was verified, how fast, what is wrong first, and what was not proved."""

    records: int = 0
    seals: int = 0
    first_bad: Bad | None = None
    unproved: list[Unproved] = field(default_factory=list)
    seconds: float = field(default=0, repr=False)

    @property
    def records_per_second(self) -> int:
        return round(self.records / self.seconds) if self.seconds else 0


def verify(community: Organisation | None = None, folder: Path | None = None) -> Verdict:
    """Every chain, or one; `folder` holds the files of seals kept outside.

    For whoever runs the installation; stops at the first thing that is wrong.
    """
    verdict, started = Verdict(), time.perf_counter()
    with _snapshot():
        key, lengths = key_in(folder), {}
        for place in _places(community):
            walked, verdict.first_bad = _walked(place)
            lengths[place] = walked.rows
            verdict.records += walked.rows
            verdict.first_bad = verdict.first_bad or _sealed(place, walked.rows, key, verdict)
            if verdict.first_bad:
                break
        else:
            verdict.first_bad = _outside(folder, community, lengths, key)
            verdict.unproved = _unproved(lengths, folder)
    verdict.seconds = time.perf_counter() - started
    return verdict


@contextmanager
def _snapshot() -> Iterator[None]:
    """All statements in the block see the same rows, and rows speak as they were hashed."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL TimeZone TO 'UTC'")
        cursor.execute("SET LOCAL DateStyle TO 'ISO'")
        yield


def _places(community: Organisation | None) -> list[int]:
    """Every community of which anything is recorded, in order."""
    if community is not None:
        return [community.pk]
    with connection.cursor() as cursor:
        cursor.execute(PLACES)
        recorded = {row[0] for row in cursor.fetchall()}
    return sorted(recorded | set(ChainHead.objects.values_list("community", flat=True)))


def _walked(place: int) -> tuple[Walked, Bad | None]:
    """How far a chain hangs together, and what is wrong with it or its head first."""
    with streamed(place) as lines:
        walked = walk(lines)
    if walked.broken is not None:
        return walked, _diagnosed(place, walked)
    if walked.rows and seq_of(walked.last) != walked.rows:
        return walked, _misplaced(place)
    return walked, _head(place, walked)


@contextmanager
def streamed(place: int) -> Iterator[Iterator[bytes | memoryview]]:
    """The lines of one chain in their order, each after its stored hash."""
    statement = STREAM.format(columns=_COLUMNS, community=int(place))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        lines = iter(copy)
        yield lines
        for _ in lines:  # to the end, whoever stops before: else the connection is lost
            continue


def _bad(place: int, kind: Damage, seq: int, record: str | None = None) -> Bad:
    code, name = _named(place)
    message = filled(MESSAGES[kind], {"community": name, "seq": seq})
    return Bad(code, seq, record, kind, message)


def _named(place: int) -> tuple[str, str]:
    """Code and name of a community; one that is gone with its records goes by its number."""
    try:
        community = by_id(place)
    except Absent:
        return str(place), f"#{place}"
    return community.code, community.name


def _diagnosed(place: int, walked: Walked) -> Bad:
    """What a line that does not fit means: the row itself, one before it, or one that is gone."""
    broken, expected = walked.broken or b"", walked.rows + 1
    if seq_of(broken) != expected:
        return _misplaced(place)
    with streamed(place) as lines:
        was = origin_of(broken, lines)
    if was is None or was == expected:
        return _bad(place, Damage.EDITED, expected, id_of(broken))
    if was < expected:
        return _bad(place, Damage.INSERTED, was, _id_at(place, was))
    return _bad(place, Damage.REORDERED, expected, id_of(broken))


def _misplaced(place: int) -> Bad:
    """The first place that is empty, or the first row that stands before the beginning."""
    with connection.cursor() as cursor:
        cursor.execute(MISPLACED, [place])
        seq, record = cursor.fetchone()
    if seq < 1:
        return _bad(place, Damage.INSERTED, seq, record)
    missing = _missing_before(place, seq)
    return _bad(place, Damage.DELETED, missing)


def _missing_before(place: int, seq: int) -> int:
    rows = ServiceRecord.objects.filter(community=place, seq__lt=seq).order_by("-seq")
    return (rows.values_list("seq", flat=True).first() or 0) + 1


def _id_at(place: int, seq: int) -> str | None:
    rows = ServiceRecord.objects.filter(community=place, seq=seq)
    record = rows.values_list("id", flat=True).first()
    return str(record) if record else None


def _hash_at(place: int, seq: int) -> str:
    return _hashes(place, [seq]).get(seq, "")


def _hashes(place: int, seqs: Collection[int]) -> dict[int, str]:
    rows = ServiceRecord.objects.filter(community=place, seq__in=seqs)
    return {seq: bytes(stored).hex() for seq, stored in rows.values_list("seq", "hash")}


def _head(place: int, walked: Walked) -> Bad | None:
    """The head knows how long the chain is and how it ends."""
    head = ChainHead.objects.filter(community=place).first()
    if head is None:
        rows = walked.rows
        return _bad(place, Damage.HEAD, rows, _id_at(place, rows)) if rows else None
    if head.seq > walked.rows:
        return _bad(place, Damage.CUT, walked.rows + 1)
    known = bytes(head.hash).hex()
    if head.seq < walked.rows and (head.seq == 0 or _hash_at(place, head.seq) == known):
        return _bad(place, Damage.INSERTED, head.seq + 1, _id_at(place, head.seq + 1))
    if (head.seq, known) != (walked.rows, walked.hash.hex()):
        return _bad(place, Damage.HEAD, head.seq, _id_at(place, head.seq))
    return None


def _sealed(place: int, rows: int, key: signatures.PublicKey, verdict: Verdict) -> Bad | None:
    """Each seal in the table is signed by us and agrees with the chain."""
    seals = seal_rows(place)
    while some := list(islice(seals, AT_ONCE)):
        verdict.seals += len(some)
        bad = _disagreeing(place, rows, some, key)
        if bad:
            return bad
    return None


def _disagreeing(
    place: int, rows: int, seals: Sequence[Sealed], key: signatures.PublicKey
) -> Bad | None:
    """The first of these seals, in the order of places, that the chain does not bear out."""
    hashes = _hashes(place, [one.seq for one in seals])
    for one in seals:
        if one.seq > rows:
            return _bad(place, Damage.CUT, rows + 1)
        signed = signatures.holds(key, bytes.fromhex(one.signature), one.message)
        if not signed or hashes.get(one.seq) != one.hash:
            return _bad(place, Damage.SEAL, one.seq, _id_at(place, one.seq))
    return None


def _outside(
    folder: Path | None,
    community: Organisation | None,
    lengths: Mapping[int, int],
    key: signatures.PublicKey,
) -> Bad | None:
    """The files outside, day by day: each seal agrees with its chain, and is in the table too."""
    for path in files_in(folder) if folder else ():
        seals = [one for one in filed(path) if not community or one.community_id == community.pk]
        known = known_keys(seals)
        for place, of_place in groupby(sorted(seals, key=lambda one: one.key), _community):
            here = list(of_place)
            bad = _disagreeing(place, lengths.get(place, 0), here, key)
            gone = next((one.seq for one in here if one.key not in known), None)
            if bad or gone:
                return bad or _bad(place, Damage.SEAL, gone or 0, _id_at(place, gone or 0))
    return None


def _unproved(lengths: Mapping[int, int], folder: Path | None) -> list[Unproved]:
    """What of the chains of these lengths no seal covers, and whether none outside was read."""
    sealed = last_sealed(lengths)
    never = [rows for place, rows in lengths.items() if rows and place not in sealed]
    since = [lengths[place] - seq for place, seq in sealed.items() if lengths[place] > seq]
    counts = {Doubt.NEVER_SEALED: never, Doubt.SINCE_SEAL: since}
    unproved = [Unproved(doubt, sum(rows), len(rows)) for doubt, rows in counts.items() if rows]
    if any(lengths.values()) and not (folder and files_in(folder)):
        unproved.append(Unproved(Doubt.NO_FILES, sum(lengths.values()), len(lengths)))
    return unproved


def _community(seal: Sealed) -> int:
    return seal.community_id

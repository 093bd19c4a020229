"""Verifying the ledger: chains streamed out of the database and hashed row by row.

The limit is SHA-256 over the same bytes lying in memory, a row at a time and in one piece; the aim
is 300,000 records a second and core. Time is the wall's: the database reads on one core while we
hash on another. One record in a hundred is a reversal; communities have chains of different length.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connections

from baodao.kernel.copy_lines import Value, line_of
from baodao.ledger.queries.verification import streamed, verify
from baodao.ledger.rules.chain import COLUMNS, ROOT, link
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from bench import frame

COMMUNITIES = 20
SAMPLE = 100_000
START = datetime(2026, 1, 1, 1, tzinfo=UTC)
AIM = 300_000
HEAD = "INSERT INTO ledger_chainhead (community_id, seq, hash) VALUES (%s, %s, %s)"


def rows(community: int, count: int, seed: int) -> Iterator[list[Value]]:
    """Invented records of one community, as they would be chained."""
    chance = random.Random(f"{seed} {community}")
    last: UUID | None = None
    for seq in range(1, count + 1):
        record, person = (UUID(int=chance.getrandbits(128), version=4) for _ in range(2))
        undone = last if last and seq % 100 == 0 else None
        began = START + timedelta(minutes=7 * seq) if seq % 3 else None
        minutes = 90 if undone is None else -90
        yield [
            *(community, seq, record, START + timedelta(seconds=seq, microseconds=seq % 1000)),
            *(person, community, date(2026, 1, 1) + timedelta(days=seq % 300), began),
            *(began + timedelta(minutes=90) if began else None, minutes, "environment", "post"),
            *("3号楼前的小广场", "清理楼道杂物", None, "清洁家园", "list", False),
            *("安静", "安静", person, undone, None, "重复登记" if undone else ""),
        ]
        last = record


def fill(counts: dict[int, int], seed: int) -> None:
    """Write the chains and their heads, as the owner and for persons who are not there."""
    columns = ", ".join(COLUMNS)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_servicerecord DROP CONSTRAINT service_record_person_fk")
        for community, count in counts.items():
            _place(community)
            before = ROOT
            with cursor.copy(f"COPY ledger_servicerecord ({columns}, hash) FROM STDIN") as copy:
                for values in rows(community, count, seed):
                    line = line_of(values)
                    before = link(before, line)
                    copy.write(line + b"\t\\\\x" + before.hex().encode() + b"\n")
            cursor.execute(HEAD, [community, count, before])
        cursor.execute("ANALYZE ledger_servicerecord")


def _place(community: int) -> None:
    code = f"{990102001000 + community}"
    Organisation.objects.using("owner").create(
        pk=community, kind=Kind.COMMUNITY, code=code, name=f"社区{community}", path=f"{code}."
    )


def lines(communities: Iterator[int]) -> list[bytes]:
    """Up to `SAMPLE` lines in memory."""
    held: list[bytes] = []
    for community in communities:
        with streamed(community) as stream:
            held += [bytes(line)[65:-1] for line in stream]
        if len(held) >= SAMPLE:
            return held[:SAMPLE]
    return held


def hashed_one_by_one(held: list[bytes]) -> None:
    before = ROOT
    for line in held:
        before = sha256(before + line).digest()


def main() -> None:
    options = frame.arguments(__doc__ or "")
    total, rounds = (3_000_000, 5) if options.full else (200_000, 3)
    share = total // (COMMUNITIES * (COMMUNITIES + 1) // 2)
    counts = {number: share * number for number in range(1, COMMUNITIES + 1)}
    with frame.database("ledger"):
        fill(counts, options.seed)
        held = lines(iter(counts))
        joined = b"".join(ROOT + line for line in held)
        acts = {
            "verify": lambda: _holds(sum(counts.values())),
            "one_by_one": lambda: hashed_one_by_one(held),
            "raw": lambda: sha256(joined).digest(),
        }
        alone = _of_our_core(sum(counts.values()))
        taken = {name: frame.median(spent) for name, spent in _timed(acts, rounds).items()}
    speed = sum(counts.values()) / taken["verify"]
    raw, chained = len(held) / taken["raw"], len(held) / taken["one_by_one"]
    print(f"{speed:,.0f} records/s, {alone:,.0f} in a second of our own core;")
    print(f"SHA-256 alone {raw:,.0f}, row by row {chained:,.0f}")
    frame.report(
        "ledger_verify",
        round(speed),
        "records/s",
        limit=round(raw),
        rows=sum(counts.values()),
        seed=options.seed,
        aim=AIM,
        of_our_core=round(alone),
        row_by_row=round(chained),
        ratio_to_row_by_row=round(speed / chained, 3),
    )


def _timed(acts: dict[str, object], rounds: int) -> dict[str, list[float]]:
    return frame.interleaved(acts, rounds)  # type: ignore[arg-type]


def _of_our_core(rows: int) -> float:
    """Records for each second of processor time of the process that hashes."""
    start = time.process_time()
    _holds(rows)
    return rows / (time.process_time() - start)


def _holds(expected: int) -> None:
    verdict = verify()
    if verdict.first_bad or verdict.records != expected:
        raise SystemExit(f"verified {verdict.records} of {expected}: {verdict.first_bad}")


if __name__ == "__main__":
    main()

"""A storm of check-ins by the code on the spot: scans answered in a second.

Everybody scans at once; three in ten scan twice, and one in a hundred has a code that somebody
made up. The limit is pgbench, which inserts the same two rows (the check-in and the journal's
entry) with their indexes, one scan a transaction, over as many connections. `processor_ms` is what
this process worked for each scan, the database apart: a machine that others use changes it little.
"""

import random
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import connection, connections

from baodao.accounts.models import Account
from baodao.accounts.queries import operator
from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_now
from baodao.attendance.rules.check_ins import CheckSide
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.offers.commands import offers
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.operations.postgres import Cluster, find_binaries
from bench import frame
from bench.last_seat import Storm, members_of
from tests.world import draw

ROWS = """
WITH entry AS (
    INSERT INTO bench_entry (scope_id, id, at, account_id, actor_name, verb, about, facts)
    VALUES (1, gen_random_uuid(), now(), gen_random_uuid(), '党员', 'offer.attended',
            gen_random_uuid(), '{"title": "清扫"}'))
INSERT INTO bench_check_in (community_id, id, offer_id, person_id, side, way, scanned_at)
VALUES (1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'arrival', 'scan', now());
"""
THREADS = 64
RATE = re.compile(r"tps = ([\d.]+) \(without")
LIMIT = {"bench_check_in": CheckIn, "bench_entry": JournalEntry}


def with_accounts(members: Sequence[Actor]) -> list[Actor]:
    """The members, each with an account of their own."""
    rows = [
        Account(username=f"comer-{index}", name=one.name, person_id=one.person_id)
        for index, one in enumerate(members)
    ]
    Account.objects.bulk_create(rows)
    return [Actor(row.pk, row.person_id, row.name) for row in rows]


def activity(community_id: int) -> Offer:
    """One that goes on now."""
    now = clock.now()
    with clock.at(now - timedelta(hours=1)):
        facts = OfferFacts(
            ACTIVITY,
            "清扫",
            "environment",
            1,
            starts_at=now - timedelta(minutes=30),
            ends_at=now + timedelta(hours=2),
        )
        made = offers.draft(operator(), community_id=community_id, facts=facts)
        return offers.publish(operator(), offer_id=made.pk)


@dataclass(frozen=True)
class Scan:
    """One of the storm."""

    actor: Actor
    code: str

    def send(self) -> bool:
        """Whether it was acknowledged."""
        try:
            check_in(self.actor, code=self.code, side=CheckSide.ARRIVAL)
        except Refused:
            return False
        return True


def storm_of(members: Sequence[Actor], code: str, chance: random.Random) -> list[Scan]:
    """Everybody, three in ten of them twice, one in a hundred besides with a code made up."""
    genuine = [Scan(actor, code) for actor in members]
    twice = chance.sample(genuine, len(genuine) * 3 // 10)
    forged = chance.sample(members, max(1, len(members) // 100))
    scans = [*genuine, *twice, *(Scan(actor, "a" * len(code)) for actor in forged)]
    chance.shuffle(scans)
    return scans


def send_all(storm: Storm, scans: Sequence[Scan], acknowledged: list[bool]) -> None:
    """Everybody at once, and of each whether it was acknowledged; each thread sends its next one
    when it has the answer, as a client of pgbench does."""
    shares = [scans[first::THREADS] for first in range(THREADS)]
    for answers in storm.pool.map(lambda share: [one.send() for one in share], shares):
        acknowledged += answers


def prepare() -> None:
    """The tables of the limit: those of check-ins and of the journal, with their indexes."""
    with connections["owner"].cursor() as cursor:
        for name, model in LIMIT.items():
            cursor.execute(f"CREATE TABLE {name} (LIKE {model._meta.db_table} INCLUDING ALL)")


def inserted(cluster: Cluster, seconds: int) -> float:
    """Scans in a second whose rows pgbench inserts."""
    name = connection.settings_dict["NAME"]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(ROWS)
        script.flush()
        pgbench = find_binaries().bin / "pgbench"
        command = [
            str(pgbench), "-n", "-f", script.name, "-c", str(THREADS), "-j", "2",
            "-T", str(seconds), cluster.dsn("postgres", str(name)),
        ]  # fmt: skip
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
    rate = RATE.search(answer.stdout)
    assert rate, answer.stdout
    return float(rate[1])


def main() -> None:
    options = frame.arguments(__doc__ or "")
    coming, rounds = options.members or (2_000 if options.full else 200), 5 if options.full else 3
    chance = random.Random(options.seed)
    with frame.database("check_in") as cluster:
        world = draw()
        prepare()
        members = with_accounts(members_of(world, coming))
        taken: dict[str, list[float]] = {"check-ins": [], "limit": [], "processor": []}
        for turn in range(rounds + 1):
            offer = activity(world.willow.pk)
            scans = storm_of(members, code_now(offer), chance)
            acknowledged: list[bool] = []
            storm = Storm(members, THREADS)
            busy = time.process_time()
            spent = frame.seconds(partial(send_all, storm, scans, acknowledged))
            busy = time.process_time() - busy
            storm.end()
            limit = inserted(cluster, 2)
            rows = CheckIn.objects.filter(offer_id=offer.pk)
            assert sum(acknowledged) == coming * 13 // 10
            assert rows.count() == rows.values("person").distinct().count() == coming
            if turn:
                taken["check-ins"].append(len(scans) / spent)
                taken["limit"].append(limit)
                taken["processor"].append(1000 * busy / len(scans))
    value, limit = frame.median(taken["check-ins"]), frame.median(taken["limit"])
    print(f"{coming} members check in: {value:.0f} scans/s, pgbench inserts {limit:.0f} scans/s")
    frame.report(
        "check_in",
        value,
        "scans/s",
        limit=round(limit, 1),
        rows=coming,
        seed=options.seed,
        threads=THREADS,
        processor_ms=round(frame.median(taken["processor"]), 3),
    )


if __name__ == "__main__":
    main()

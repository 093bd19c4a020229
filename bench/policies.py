"""Three policies (R1, R2, R6) applied to every member of a city for a year: reading the facts and
telling what each says. The aim is 20 seconds for 100,000 members, with memory that does not grow.

The peer is R2 alone written by hand in SQL: whether each has a service in either half-year, ten
hours and a project. It knows neither exemptions nor who joined when, and tells no record.
"""

import resource
import time
from collections import Counter
from datetime import date

from django.db import connection

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.policies.rules.assessments import assess
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.presets import preset_text
from baodao.subjects.queries.members import facts_below
from bench import frame, worlds

AIM, AIM_MEMBERS = 20.0, 100_000
DAY = date(2026, 7, 31)
NAMES = ("r1", "r2", "r6")
WARM = 10_000
"""Members after which memory is looked at first: caches are full by then."""

R2 = """
SELECT count(*) FILTER (WHERE early > 0 AND late > 0 AND minutes >= 600 AND projects > 0), count(*)
FROM (
    SELECT person_id,
           sum(sign(minutes)) FILTER (WHERE served_on < '2026-07-01') AS early,
           sum(sign(minutes)) FILTER (WHERE served_on >= '2026-07-01') AS late,
           sum(minutes) AS minutes, count(DISTINCT offer_id) AS projects
    FROM ledger_servicerecord
    WHERE served_on BETWEEN '2026-01-01' AND '2026-12-31' AND recorded_at < %s
    GROUP BY person_id
) AS told
"""


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apply(city: Organisation) -> tuple[Counter[str], float, float]:
    """Outcomes by policy, and the most memory after the first members and at the end."""
    rules = {name: read_policy(preset_text(name) or "") for name in NAMES}
    outcomes: Counter[str] = Counter()
    early = 0.0
    for number, facts in enumerate(facts_below(city, clock.end_of(DAY)), 1):
        for name, one in rules.items():
            outcomes[f"{name} {assess(one, facts, DAY, tells=False).state}"] += 1
        if number == WARM:
            early = megabytes()
    return outcomes, early, megabytes()


def by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute(R2, [clock.end_of(DAY)])
        cursor.fetchone()


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (AIM_MEMBERS if options.full else 10_000)
    with frame.database(
        f"policies_{members}_{options.seed}",
        lambda: worlds.build(members, options.seed, members * 8),
    ):
        city = Organisation.objects.get(kind=Kind.CITY)
        taken: list[tuple[Counter[str], float, float]] = []
        begun = time.process_time()
        spent = frame.seconds(lambda: taken.append(apply(city)))
        processor = time.process_time() - begun
        outcomes, early, late = taken[0]
        peer = frame.seconds(by_hand)
        print({name: outcomes[name] for name in sorted(outcomes)})
        frame.report(
            "policies of a year",
            spent,
            "s",
            limit=AIM * members / AIM_MEMBERS,
            peer=peer,
            rows=members,
            seed=options.seed,
            processor_seconds=round(processor, 2),
            megabytes_early=round(early),
            megabytes_late=round(late),
        )


if __name__ == "__main__":
    main()

"""Both tables of a district of 100,000 members, as of any day, and their numbers opened.

The registration table of an earlier day is counted from the facts; the aim is one second. A
number of it, its rows counted and its first page fetched, is to open in 150 ms. The peer is the
same table by the ORM's aggregates, one statement a metric and child. The service table of the year
reads the tallies, and counts those again that the day falls into.
"""

from datetime import date
from random import Random

from django.db.models import Count, Q

from baodao.accounts.queries import operator
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.numbers import open_number
from baodao.insight.queries.papers import item
from baodao.insight.queries.tables import StatTable, table
from baodao.kernel import clock
from baodao.kernel.moments import AsOf
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from bench import frame, worlds

AIM, CELL_AIM = 1.0, 0.150
PAGE = 50
DAYS = tuple(date(2026, month, 28) for month in range(2, 8))
ACTOR = operator()


def by_orm(district: Organisation, as_of: AsOf) -> list[dict[str, int]]:
    """Members, in service and registered of each child, as one would write it first."""
    instant = as_of.instant
    held = Membership.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=instant), recorded_at__lt=instant
    )
    in_service = Q(standing="in-service")
    accepted = Q(person__registration__accepted_at__lt=instant) & (
        Q(person__registration__ended_at=None) | Q(person__registration__ended_at__gte=instant)
    )
    return [
        held.filter(branch__path__startswith=child.path).aggregate(
            members=Count("pk"),
            in_service=Count("pk", filter=in_service),
            registered=Count("pk", filter=in_service & accepted),
        )
        for child in district.children.exclude(kind=Kind.COMMUNITY)
    ]


def open_some(made: StatTable, dice: Random) -> float:
    """The seconds that one number of the table takes to open: one of a row, or of the total."""
    row = dice.choice([*made.rows, None])
    kind = row.kind if row and row.kind else made.level
    code = row.code if row else made.organisation.code
    figures = row.figures if row else made.total
    metric = dice.choice([one.code for one in made.metrics if kind in one.source.levels])

    def act() -> None:
        number = open_number(ACTOR, code, metric, made.as_of)
        if number.figure != figures[metric]:
            raise RuntimeError(f"{code} {metric}: {number.figure} rows")
        list(number.rows(0, PAGE))

    return frame.seconds(act)


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (1_000_000 if options.full else 20_000)
    records = members * (30 if options.full or options.members else 5)
    rounds = 12 if options.full else 5
    dice = Random(options.seed)
    with frame.database(
        f"served_{members}_{options.seed}", lambda: worlds.build(members, options.seed, records)
    ):
        district = Organisation.objects.filter(kind=Kind.DISTRICT).order_by("code")[0]
        turns = iter(DAYS * rounds)
        tables: list[StatTable] = []
        services: list[StatTable] = []

        def count() -> None:
            as_of = AsOf(clock.end_of(next(turns)))
            tables.append(table(ACTOR, district.code, as_of))

        def serve() -> None:
            as_of = tables[-1].as_of
            services.append(table(ACTOR, district.code, as_of, StatSheet.SERVICE))

        acts = {
            "table": count,
            "services": serve,
            "orm": lambda: by_orm(district, tables[-1].as_of),
        }
        taken = frame.interleaved(acts, rounds)
        paper = frame.seconds(lambda: item(tables[-1]))
        cells = sorted(open_some(dice.choice(tables), dice) for _ in range(20 * rounds))
        records_opened = sorted(open_some(dice.choice(services), dice) for _ in range(20 * rounds))
    served = taken["services"]
    value, peer = frame.median(taken["table"]), frame.median(taken["orm"])
    print(
        f"table of {tables[-1].total['members']} members: median {value:.3f} s, worst "
        f"{taken['table'][-1]:.3f} s, as facts of a paper {paper:.3f} s more; ORM {peer:.3f} s\n"
        f"a number opened: median {1000 * frame.median(cells):.1f} ms, p95 "
        f"{1000 * frame.high(cells):.1f} ms (aim {1000 * CELL_AIM:.0f} ms)\n"
        f"service table: {services[-1].total['services']} services, median "
        f"{frame.median(served):.3f} s, worst {served[-1]:.3f} s; a number opened: median "
        f"{1000 * frame.median(records_opened):.1f} ms, p95 "
        f"{1000 * frame.high(records_opened):.1f} ms"
    )
    frame.report(
        "tables",
        value,
        "s",
        limit=AIM,
        peer=round(peer, 4),
        rows=tables[-1].total["members"],
        seed=options.seed,
        cell_p95_ms=round(1000 * frame.high(cells), 1),
        service_s=round(frame.median(served), 3),
        service_cell_p95_ms=round(1000 * frame.high(records_opened), 1),
    )


if __name__ == "__main__":
    main()

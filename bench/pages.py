"""Pages at 1,000,000 members and 30,000,000 records: server time of what each role opens, beside
SQL written by hand.

Server time is that of a whole request, and stands split: middleware, queries, template, view.
Beside it stands the time of its statements without those about who asks (its SQL), and of the least
SQL that the page's figures and rows need on the same indexes. The aim is p95 ≤ 150 ms, and at
20,000 members (`--quick`) a median of 40 ms for the slowest page (`p50_ms`).

A snapshot is taken before, and nothing is recorded while pages are opened: tables of places read
what they know from it. What it costs to count everybody of a district stands in `bench.tables`.

On a machine that others use too, time by the wall says how busy they are: so each page has the
least that it took (`least_ms` of the slowest), and the processor time of this process and of the
database's (`cpu_ms`, the median of the slowest).
"""

import gc
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import operator
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.authz import Role
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.registration.models import Registration
from baodao.registration.rules.states import State
from baodao.snapshots import queries as snapshots
from baodao.snapshots.commands import take_snapshot
from bench import frame, watch, worlds

AIM = 0.150
FRAME = ("django_session", "accounts_", "notices_", "mfa_", "demo_")
"""Tables of who asks and of the page's head, the same for every page."""
WARM = 2

OVERVIEW = """
    SELECT o.name, f.* FROM orgs_organisation o
    JOIN snapshots_figure f ON f.organisation_id = o.id
        AND f.snapshot_id = (SELECT id FROM snapshots_snapshot ORDER BY as_of DESC LIMIT 1)
    WHERE o.parent_id = %(place)s ORDER BY o.kind, o.sort"""
UNIT = """
    SELECT b.id, b.name, count(*), count(*) FILTER (WHERE m.standing = 'in-service'),
           count(r.id), array_agg(p.name) FILTER (WHERE r.id IS NULL)
    FROM orgs_organisation b
    JOIN people_membership m ON m.branch_id = b.id AND m.closed_at IS NULL
    JOIN people_person p ON p.id = m.person_id
    LEFT JOIN registration_registration r ON r.person_id = m.person_id AND r.state = 'accepted'
    WHERE b.path LIKE %(path)s GROUP BY b.id ORDER BY b.path"""
LEDGER = """
    SELECT p.name, b.name, r.accepted_at, count(*) OVER () FROM registration_registration r
    JOIN people_person p ON p.id = r.person_id
    JOIN orgs_organisation b ON b.id = r.branch_id
    WHERE r.community_id = %(place)s AND r.state = 'accepted'
    ORDER BY p.pinyin LIMIT 50"""
SEARCH = """
    SELECT p.name, b.name FROM people_membership m
    JOIN people_person p ON p.id = m.person_id
    JOIN orgs_organisation b ON b.id = m.branch_id
    WHERE m.closed_at IS NULL AND b.path LIKE %(path)s AND p.name_bigrams @> %(bigrams)s
    ORDER BY p.pinyin LIMIT 50"""
TABLE = """
    SELECT split_part(b.path, '.', 3), count(*),
           count(*) FILTER (WHERE m.standing = 'in-service'),
           count(*) FILTER (WHERE m.standing = 'in-service' AND m.lives_in_city), count(r.id)
    FROM orgs_organisation b
    JOIN people_membership m ON m.branch_id = b.id AND m.recorded_at < now()
        AND (m.closed_at IS NULL OR m.closed_at >= now())
    LEFT JOIN registration_registration r ON r.person_id = m.person_id
        AND m.standing = 'in-service' AND r.accepted_at < now()
        AND (r.ended_at IS NULL OR r.ended_at >= now())
    WHERE b.path LIKE %(path)s GROUP BY 1"""
CELL = """
    SELECT p.name, b.name, c.name, r.accepted_at, count(*) OVER () FROM orgs_organisation b
    JOIN people_membership m ON m.branch_id = b.id AND m.closed_at IS NULL
        AND m.standing = 'in-service'
    JOIN people_person p ON p.id = m.person_id
    LEFT JOIN registration_registration r ON r.person_id = m.person_id AND r.state = 'accepted'
    LEFT JOIN orgs_organisation c ON c.id = r.community_id
    WHERE b.path LIKE %(path)s ORDER BY b.path, p.pinyin LIMIT 50"""

SERVICE_OF_UNIT = """
    SELECT b.id, count(*), sum(r.minutes), count(DISTINCT r.person_id)
    FROM orgs_organisation b
    JOIN ledger_servicerecord r ON r.branch_id = b.id
        AND r.served_on BETWEEN '2026-01-01' AND '2026-12-31'
    WHERE b.path LIKE %(path)s GROUP BY 1"""
SERVICE_OF_COMMUNITY = """
    SELECT r.branch_id, count(*), sum(r.minutes) FROM ledger_servicerecord r
    WHERE r.community_id = %(place)s AND r.served_on BETWEEN '2026-01-01' AND '2026-12-31'
    GROUP BY 1"""
SERVICE_OF_PLACE = """
    SELECT split_part(o.path, '.', %(part)s), sum(t.services), sum(t.minutes)
    FROM orgs_organisation o JOIN tallies_monthtally t ON t.organisation_id = o.id
    WHERE o.path LIKE %(path)s AND o.kind IN ('branch', 'unit') GROUP BY 1"""
RECORDS_HERE = """
    SELECT r.served_on, p.name, r.minutes FROM ledger_servicerecord r
    JOIN people_person p ON p.id = r.person_id
    WHERE r.community_id = %(place)s AND r.reverses IS NULL
      AND r.served_on BETWEEN '2026-01-01' AND '2026-12-31'
    ORDER BY r.served_on DESC, r.id DESC LIMIT 50"""
RECORDS_OF_UNIT = """
    SELECT r.served_on, p.name, r.minutes FROM orgs_organisation b
    JOIN ledger_servicerecord r ON r.branch_id = b.id AND r.reverses IS NULL
        AND r.served_on BETWEEN '2026-01-01' AND '2026-12-31'
    JOIN people_person p ON p.id = r.person_id
    WHERE b.path LIKE %(path)s ORDER BY b.path, r.served_on DESC, r.id DESC LIMIT 50"""


@dataclass
class Workload:
    """One page: who opens which addresses in turn, and the SQL it is compared with."""

    client: Client
    urls: list[str]
    sql: str = "SELECT"
    values: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    splits: list[watch.Split] = field(default_factory=list)
    size: int = 0
    _turn: int = 0

    def open(self) -> None:
        """One request; where its time went is noted."""
        url = self.urls[self._turn % len(self.urls)]
        with watch.watched(FRAME) as split:
            response = self.client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} gave {response.status_code}")
        self.splits.append(split)
        self.size = max(self.size, len(response.content))

    def ask(self) -> None:
        """The SQL by hand, for the same address."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values[self._turn % len(self.values)])
            cursor.fetchall()
        self._turn += 1


def client_of(role: Role, place: Organisation) -> Client:
    """A browser in which somebody with this role on this place has signed in."""
    account = Account.objects.create(username=f"{role}-{place.code}", name="测试")
    Grant.objects.create(account=account, role=role, organisation=place)
    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    return client


def member_client() -> Client:
    """A browser in which a member signed in who is registered, serves in a post and has served."""
    rows = Registration.objects.filter(state=State.ACCEPTED, person__claim__state=ClaimState.ACTIVE)
    person = rows.filter(person__service_record__isnull=False).order_by("pk")[0].person
    worlds.seal_numbers(person)
    client = Client(HTTP_HOST="localhost")
    client.force_login(Account.objects.create(username="member", name="测试", person=person))
    return client


def workloads(dice: Random) -> dict[str, Workload]:
    """The pages that are measured, each on several places."""

    def some(kind: Kind, count: int = 20) -> list[Organisation]:
        rows = list(Organisation.objects.filter(kind=kind).order_by("code"))
        return dice.sample(rows, min(count, len(rows)))

    (city,), (district, *_) = some(Kind.CITY), some(Kind.DISTRICT)
    units, communities = some(Kind.UNIT), some(Kind.COMMUNITY)
    supervisor = client_of(Role.SUPERVISOR, city)
    unit, community = units[0], communities[0]
    worker = client_of(Role.COMMUNITY_WORKER, community)
    member = member_client()
    names = ["王伟", "曾静", "解芳", "小明", "单红", "李建国", "赵英", "周玉兰"]
    below = [{"path": f"{place.path}%"} for place in units]
    return {
        "overview of the city": Workload(
            supervisor, [reverse("insight:overview")], OVERVIEW, [{"place": city.pk}]
        ),
        "home of a unit": Workload(
            client_of(Role.UNIT_CLERK, unit),
            [reverse("home:unit")],
            UNIT,
            [{"path": f"{unit.path}%"}],
        ),
        "today of a community": Workload(worker, [reverse("home:today")]),
        "ledger of a community": Workload(
            worker, [reverse("registration:members")], LEDGER, [{"place": community.pk}]
        ),
        "services recorded here": Workload(
            worker, [reverse("statements:records")], RECORDS_HERE, [{"place": community.pk}]
        ),
        "home of a member": Workload(member, [reverse("home:member")]),
        "find a service": Workload(member, [reverse("agenda:find")]),
        "what is mine": Workload(member, [reverse("home:mine")]),
        "search for people": Workload(
            supervisor,
            [f"{reverse('people:list')}?q={name}" for name in names],
            SEARCH,
            [
                {"path": f"{city.path}%", "bigrams": [n[i : i + 2] for i in range(len(n) - 1)]}
                for n in names
            ],
        ),
        "number of a unit": Workload(
            supervisor,
            [reverse("insight:cell", args=[place.code, "in_service"]) for place in units],
            CELL,
            below,
        ),
        "table of a unit": Workload(
            supervisor,
            [reverse("insight:table", args=[place.code]) for place in units],
            TABLE,
            below,
        ),
        **_of_service(supervisor, units, communities, some(Kind.STREET), district),
        "table of a district": Workload(
            supervisor,
            [reverse("insight:table", args=[district.code])],
            TABLE,
            [{"path": f"{district.path}%"}],
        ),
    }


def _of_service(
    supervisor: Client,
    units: list[Organisation],
    communities: list[Organisation],
    streets: list[Organisation],
    district: Organisation,
) -> dict[str, Workload]:
    """The service table at every level and the records behind its numbers."""

    def tables(places: list[Organisation]) -> list[str]:
        return [reverse("insight:service_table", args=[place.code]) for place in places]

    def cells(places: list[Organisation], metric: str, page: int = 1) -> list[str]:
        made = [reverse("insight:service_cell", args=[place.code, metric]) for place in places]
        return [f"{url}?page={page}" for url in made]

    def values(places: list[Organisation]) -> list[dict[str, Any]]:
        return [
            {"place": place.pk, "path": f"{place.path}%", "part": place.path.count(".") + 1}
            for place in places
        ]

    here, of_units = values(communities), values(units)
    return {
        "services of a unit": Workload(supervisor, tables(units), SERVICE_OF_UNIT, of_units),
        "services of a community": Workload(
            supervisor, tables(communities), SERVICE_OF_COMMUNITY, here
        ),
        "services of a street": Workload(
            supervisor, tables(streets), SERVICE_OF_PLACE, values(streets)
        ),
        "services of a district": Workload(
            supervisor, tables([district]), SERVICE_OF_PLACE, values([district])
        ),
        "records of a unit": Workload(
            supervisor, cells(units, "services"), RECORDS_OF_UNIT, of_units
        ),
        "records of a community": Workload(
            supervisor, cells(communities, "services_here"), RECORDS_HERE, here
        ),
        "records, page 40": Workload(
            supervisor, cells(communities, "services_here", 40), RECORDS_HERE, here
        ),
        "records of the district": Workload(
            supervisor, cells([district], "minutes_here"), SERVICE_OF_PLACE, values([district])
        ),
    }


SLOW = ("table of a district", "services of a district")
"""Counted from the facts of 100,000 members as of any instant: its aim is 1 s, see bench.tables."""


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (1_000_000 if options.full else 20_000)
    records = members * (30 if options.full or options.members else 5)
    with frame.database(
        f"served_{members}_{options.seed}", lambda: worlds.build(members, options.seed, records)
    ):
        if not options.full:
            snapshots.SMALL = 1_000
        take_snapshot(operator())
        pages = workloads(Random(options.seed))
        slowest = measured(pages, 60 if options.full else 15)
    worst = max(times.p95 for name, times in slowest.items() if name not in SLOW)
    frame.report(
        "pages",
        1000 * worst,
        "ms p95",
        limit=1000 * AIM,
        **in_milliseconds(slowest),
        rows=members,
        records=records,
        seed=options.seed,
    )


@dataclass(frozen=True)
class Times:
    """Seconds that a page took: median, 95th percentile and least by the wall, and the median of
    processor time, ours and the database's together."""

    p50: float
    p95: float
    least: float
    cpu: float


def measured(pages: dict[str, Workload], rounds: int) -> dict[str, Times]:
    """Open all pages in turn, `rounds` times, and print a line of each."""
    settings.DEBUG = False
    watch.install()
    gc.freeze()  # as the server does
    acts = {f"{name}: page": page.open for name, page in pages.items()}
    acts |= {f"{name}: SQL": page.ask for name, page in pages.items()}
    taken = frame.interleaved(acts, rounds, warm=WARM)
    times: dict[str, Times] = {}
    for name, page in pages.items():
        whole, hand = taken[f"{name}: page"], frame.median(taken[f"{name}: SQL"])
        split = _middle(page.splits[WARM:])
        times[name] = Times(
            frame.median(whole), frame.high(whole), whole[0], split.ours + split.theirs
        )
        print(
            f"{name:24} p50 {1000 * times[name].p50:6.1f} ms  p95 {1000 * times[name].p95:6.1f} ms"
            f"  least {1000 * whole[0]:5.1f}"
            f"  processor {1000 * split.ours:5.1f} + {1000 * split.theirs:5.1f}"
            f"  middleware {1000 * split.middleware:5.1f}  queries {1000 * split.statements:5.1f}"
            f"  template {1000 * split.template:5.1f}  view {1000 * split.view:5.1f}"
            f"  its SQL {1000 * split.own:5.1f} by hand {1000 * hand:5.1f}"
            f"  {page.size // 1000} kB"
        )
    return times


def in_milliseconds(times: dict[str, Times]) -> dict[str, float]:
    """What the last line says of the slowest page."""
    slowest = times.values()
    return {
        "p50_ms": round(1000 * max(one.p50 for one in slowest), 1),
        "least_ms": round(1000 * max(one.least for one in slowest), 1),
        "cpu_ms": round(1000 * max(one.cpu for one in slowest), 1),
    }


def _middle(splits: list[watch.Split]) -> watch.Split:
    """The median of each part."""
    parts = [part.name for part in fields(watch.Split)]
    return watch.Split(
        **{part: frame.median([getattr(split, part) for split in splits]) for part in parts}
    )


if __name__ == "__main__":
    main()

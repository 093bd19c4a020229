"""The pages of one unit with 5,000 members: first page, check list, letters, receipts, roster; and
of the community to which the most of them report: who waits, who is there, its grids.

The aim is 300 ms and 300 kB a page; `--full` has 20,000 members in the unit. How a page is measured
says `bench.pages`.
"""

from django.db.models import Count
from django.urls import reverse

from baodao.kernel.authz import Role
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from bench import frame, worlds
from bench.pages import Workload, client_of, in_milliseconds, measured

AIM, AIM_KB = 0.300, 300
BRANCHES = 10
PAGES = {
    "home": "home:unit",
    "check list": "checklist:missing",
    "letters": "registration:letters",
    "letters to issue": "checklist:issue",
    "receipts": "registration:receipts",
    "roster": "people:list",
}
COMMUNITY = {
    "desk": "registration:desk",
    "members here": "registration:members",
    "grids and teams": "teams:places",
}


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (20_000 if options.full else 5_000)
    with frame.database(
        f"unit_{members}_{options.seed}",
        lambda: worlds.build(members, options.seed, members * 5, members // BRANCHES),
    ):
        client = client_of(Role.UNIT_SECRETARY, Organisation.objects.get(kind=Kind.UNIT))
        pages = {name: Workload(client, [reverse(page)]) for name, page in PAGES.items()}
        pages["letters, page 20"] = Workload(client, [f"{reverse(PAGES['letters'])}?page=20"])
        worker = client_of(Role.COMMUNITY_WORKER, _largest_community())
        pages |= {name: Workload(worker, [reverse(page)]) for name, page in COMMUNITY.items()}
        times = measured(pages, 30 if options.full else 10)
    frame.report(
        "large_unit",
        1000 * max(one.p50 for one in times.values()),
        "ms",
        limit=1000 * AIM,
        **in_milliseconds(times),
        largest_kb=max(page.size for page in pages.values()) // 1000,
        limit_kb=AIM_KB,
        rows=members,
        seed=options.seed,
    )


def _largest_community() -> Organisation:
    """The community that the most letters name."""
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY).annotate(letters=Count("hosted"))
    return rows.order_by("-letters", "code")[0]


if __name__ == "__main__":
    main()

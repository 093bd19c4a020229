"""The pages of one unit with 5,000 members: first page, check list, letters, receipts, roster.

The aim is 300 ms and 300 kB a page; `--full` has 20,000 members in the unit. How a page is measured
says `bench.pages`.
"""

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
    "receipts": "registration:receipts",
    "roster": "people:list",
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


if __name__ == "__main__":
    main()

"""Sharing 100,000 members out among 1,000 communities, weak places first: how far from the best.

The limit is the value of the linear program in which members may be divided: no assignment costs
less. It is computed from prices, not taken from the solver. The peers are what people do without a
plan: each takes the wish or the nearest place with room (first come), or the cheapest place that is
left when it is their turn (greedy).
"""

import random
import time
from collections import defaultdict

from baodao.allocation import solver
from baodao.allocation.rules.instances import Instance, Party, Site, Weights, cost_of, first_come
from bench import frame

QUICK, FULL = (5_000, 100), (100_000, 1_000)
SKILLS = tuple(f"skill{number}" for number in range(12))


def drawn(members: int, communities: int, seed: int) -> Instance:
    """A city: streets of ten communities, districts of ten streets; needs and homes uneven, a fifth
    with a wish of their own."""
    lots = random.Random(seed)
    paths = [f"c.d{n // 100}.s{n // 10}.k{n}." for n in range(communities)]
    each = members / communities
    sites = []
    for number, path in enumerate(paths):
        helpers = int(each * lots.random() * 0.5)
        capacity = helpers + int(each * (0.6 + lots.random() * 1.2))
        need, skills = int(lots.paretovariate(1.2) * 3), lots.sample(SKILLS, 3)
        sites.append(Site(number, path, need, helpers, capacity, frozenset(skills)))
    parties = [
        Party(
            f"{number:06d}",
            home=paths[int(lots.random() ** 1.6 * communities)],
            wish=lots.randrange(communities) if lots.random() < 0.2 else None,
            skills=frozenset([lots.choice(SKILLS)] if lots.random() < 0.7 else []),
        )
        for number in range(members)
    ]
    return Instance(sites, parties, Weights(3, 3, 3))


def greedy(instance: Instance) -> dict[str, int | None]:
    """One after the other, the cheapest place with room, with what one more costs there now."""
    ladders = {
        site.id: [step.price for step in instance.steps(site) for _ in range(step.width)]
        for site in instance.sites
    }
    taken: defaultdict[int, int] = defaultdict(int)
    prices = {key: cohort for cohort in instance.cohorts for key in cohort.keys}
    assignment: dict[str, int | None] = {}
    for party in instance.parties:
        ways = []
        for place, price in prices[party.key].prices.items():
            rungs = ladders[place][taken[place] : taken[place] + party.size]
            if len(rungs) == party.size:
                ways.append((price + sum(rungs), place))
        place = min(ways)[1] if ways else None
        assignment[party.key] = place
        if place is not None:
            taken[place] += party.size
    return assignment


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members, communities = FULL if options.full else QUICK
    members = options.members or members
    spent, worked, solution = [], [], None
    for _ in range(3):
        instance = drawn(members, communities, options.seed)
        answers: list[solver.Solution] = []
        began = time.process_time()
        spent.append(frame.seconds(lambda: answers.append(solver.solve(instance))))  # noqa: B023
        worked.append(time.process_time() - began)
        solution = answers[0]
    assert solution is not None
    first, simple = (cost_of(instance, act(instance)) for act in (first_come, greedy))
    left = sum(place is None for place in solution.assignment.values())
    assert solution.cost == cost_of(instance, solution.assignment)
    assert solution.gap <= 0.001
    frame.report(
        "placement",
        frame.median(sorted(spent)),
        "s",
        limit=15,
        rows=members,
        seed=options.seed,
        communities=communities,
        processor=round(frame.median(sorted(worked)), 2),
        gap_to_bound=round(solution.gap, 6),
        first_come_to_best=round(first / solution.cost, 3),
        greedy_to_best=round(simple / solution.cost, 3),
        left=left,
    )


if __name__ == "__main__":
    main()

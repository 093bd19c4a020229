"""The one module that calculates: min-cost flow where each goes alone, a mixed-integer program
where some stay together. The bound is that of the linear program in which they may be shared out.

ortools' flow is exact and quick; its answer is certified here by prices that it implies (duality).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import highspy
import numpy as np
from ortools.graph.python import min_cost_flow

from baodao.allocation.rules.instances import (
    UNPLACED,
    Cohort,
    Instance,
    check_instance,
)
from baodao.kernel.errors import Refused, gettext_noop

MOST_WHOLE = 60_000
"""So many pairs of party and community a mixed-integer program may have."""
MOST_NODES = 500
WHOLE_GAP = 0.00001
MOST_ROUNDS = 2_000


@dataclass(frozen=True)
class Solution:
    """Where each party goes (None: no room), what it costs, and the least it could cost."""

    assignment: dict[str, int | None]
    cost: int
    bound: float

    @property
    def gap(self) -> float:
        """How far the cost is above the bound, as a part of it."""
        return (self.cost - self.bound) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True)
class _Network:
    """The instance as arrays: an arc of `price` for each cohort and community, a step of `width`
    and `step_price` for each part of a community's room; arcs stand by cohort."""

    cohorts: list[Cohort]
    supply: Any
    sizes: Any
    arc_cohort: Any
    arc_site: Any
    arc_price: Any
    step_site: Any
    step_width: Any
    step_price: Any
    site_ids: list[int]


def solve(instance: Instance, seed: int = 1) -> Solution:
    """Place all parties at the least cost; the same instance and seed give the same answer.

    Raises `Refused`, in words, what cannot be calculated.
    """
    check_instance(instance)
    network = _network(instance)
    alone = bool((network.sizes == 1).all())
    flow, cost, bound = _flow(network) if alone else _program(network, seed)
    return Solution(_named(network, flow, seed), cost, bound)


def _network(instance: Instance) -> _Network:
    site_ids = [site.id for site in instance.sites]
    place = {pk: number for number, pk in enumerate(site_ids)}
    cohorts = instance.cohorts
    arcs = [
        (number, place[site], price)
        for number, cohort in enumerate(cohorts)
        for site, price in cohort.prices.items()
    ]
    steps = [
        (place[site.id], step.width, step.price)
        for site in instance.sites
        for step in instance.steps(site)
    ]
    arc_cohort, arc_site, arc_price = _columns(arcs, 3)
    step_site, step_width, step_price = _columns(steps, 3)
    return _Network(
        cohorts,
        np.array([len(one.keys) for one in cohorts], dtype=np.int64),
        np.array([one.size for one in cohorts], dtype=np.int64),
        *(arc_cohort, arc_site, arc_price),
        *(step_site, step_width, step_price),
        site_ids,
    )


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> Any:
    return np.array(rows, dtype=np.int64).reshape(-1, width).T


def _flow(network: _Network) -> tuple[Any, int, float]:
    """How many of each cohort go along each arc, by min-cost flow; exact."""
    cohorts, sites = len(network.cohorts), len(network.site_ids)
    sink = cohorts + sites
    everybody = np.arange(cohorts)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([network.arc_cohort, cohorts + network.step_site, everybody]),
        np.concatenate(
            [
                cohorts + network.arc_site,
                np.full(len(network.step_site), sink),
                np.full(cohorts, sink),
            ]
        ),
        np.concatenate([network.supply[network.arc_cohort], network.step_width, network.supply]),
        np.concatenate([network.arc_price, network.step_price, np.full(cohorts, UNPLACED)]),
    )
    nodes = np.append(everybody, sink)
    solver.set_nodes_supplies(nodes, np.append(network.supply, -network.supply.sum()))
    if solver.solve() != solver.OPTIMAL:
        raise _unsolved()
    flows = solver.flows(arcs)
    flow = flows[: len(network.arc_cohort)]
    taken = flows[len(flow) : len(flow) + len(network.step_site)]
    return flow, int(solver.optimal_cost()), _bound(network, flow, taken)


def _bound(network: _Network, flow: Any, taken: Any) -> float:
    """The value of the dual program at the prices that a flow implies: no assignment, not even one
    that shares a party out, costs less."""
    rents = _rents(network, flow, taken)
    best = _cheapest(network, rents)
    gains = np.minimum(0, network.step_price - rents[network.step_site])
    return float((network.supply * best).sum() + (network.step_width * gains).sum())


def _cheapest(network: _Network, rents: Any) -> Any:
    """Per cohort, the least that one of it costs with the rents of the communities."""
    best = np.full(len(network.cohorts), UNPLACED, dtype=np.int64)
    np.minimum.at(best, network.arc_cohort, network.arc_price + rents[network.arc_site])
    return best


def _rents(network: _Network, flow: Any, taken: Any) -> Any:
    """Per community what one helper more there would cost all: a part of its room that is left, or
    the cheapest way to make room (Bellman and Ford on the flow's residual network)."""
    rents = np.full(len(network.site_ids), UNPLACED, dtype=np.int64)
    free = taken < network.step_width
    np.minimum.at(rents, network.step_site[free], network.step_price[free])
    used = flow > 0
    cohort, site, price = (
        network.arc_cohort[used],
        network.arc_site[used],
        network.arc_price[used],
    )
    for _ in range(MOST_ROUNDS):
        before = rents.copy()
        np.minimum.at(rents, site, _cheapest(network, rents)[cohort] - price)
        if (before == rents).all():
            break
    return rents


def _program(network: _Network, seed: int) -> tuple[Any, int, float]:
    """The same where parties stay together: whole numbers of each cohort along each arc."""
    if len(network.arc_cohort) > MOST_WHOLE:
        raise Refused(
            "allocation.groups-too-many",
            gettext_noop(
                "So many groups cannot be kept together at once. Let each go alone, or take a "
                "smaller place."
            ),
        )
    model, arcs = _model(network), len(network.arc_cohort)
    _shares, bound = _run(model, seed)
    whole = [highspy.HighsVarType.kInteger] * arcs
    model.integrality_ = whole + [highspy.HighsVarType.kContinuous] * (model.num_col_ - arcs)
    values, cost = _run(model, seed)
    return np.rint(values[:arcs]).astype(np.int64), round(cost), bound


def _model(network: _Network) -> Any:
    """Columns: arcs, steps, who has no room. Rows: each cohort goes somewhere, each community's
    helpers stand on its steps."""
    arcs, steps, cohorts = len(network.arc_cohort), len(network.step_site), len(network.cohorts)
    sites = len(network.site_ids)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arcs + steps + cohorts, cohorts + sites
    nowhere = UNPLACED * network.sizes
    model.col_cost_ = np.concatenate([network.arc_price, network.step_price, nowhere]).astype(float)
    model.col_lower_ = np.zeros(model.num_col_)
    limits = [network.supply[network.arc_cohort], network.step_width, network.supply]
    model.col_upper_ = np.concatenate(limits).astype(float)
    sides = np.concatenate([network.supply, np.zeros(sites)]).astype(float)
    model.row_lower_, model.row_upper_ = sides, sides
    starts = np.concatenate([np.arange(arcs) * 2, 2 * arcs + np.arange(steps + cohorts + 1)])
    pairs = np.stack([network.arc_cohort, cohorts + network.arc_site], axis=1).ravel()
    sizes = np.stack([np.ones(arcs), network.sizes[network.arc_cohort]], axis=1).ravel()
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = np.concatenate(
        [pairs, cohorts + network.step_site, np.arange(cohorts)]
    )
    model.a_matrix_.value_ = np.concatenate([sizes, -np.ones(steps), np.ones(cohorts)])
    return model


def _run(model: Any, seed: int) -> tuple[Any, float]:
    """The values of the columns and the cost; the number of nodes is the limit, not the time, so
    that the same question has the same answer on every machine."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    options = {
        "random_seed": seed,
        "threads": 1,
        "mip_rel_gap": WHOLE_GAP,
        "mip_max_nodes": MOST_NODES,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    solver.run()
    solution, facts = solver.getSolution(), solver.getInfo()
    if not solution.value_valid:
        raise _unsolved()
    return np.array(solution.col_value), float(facts.objective_function_value)


def _named(network: _Network, flow: Any, seed: int) -> dict[str, int | None]:
    """Who of each cohort goes where: by lot, as they are the same for whoever calculates."""
    shares: defaultdict[int, list[int]] = defaultdict(list)
    for arc in np.flatnonzero(flow):
        site = network.site_ids[network.arc_site[arc]]
        shares[int(network.arc_cohort[arc])] += [site] * int(flow[arc])
    lots = Random(seed)  # noqa: S311 - nothing is secret here
    assignment: dict[str, int | None] = {}
    for number, cohort in enumerate(network.cohorts):
        assignment.update(_drawn(lots, cohort.keys, shares[number]))
    return assignment


def _drawn(lots: Random, keys: Iterable[str], places: list[int]) -> dict[str, int | None]:
    names = list(keys)
    lots.shuffle(names)
    every: list[int | None] = [*places, *([None] * (len(names) - len(places)))]
    return dict(zip(names, every, strict=True))


def _unsolved() -> Refused:
    return Refused(
        "allocation.unsolved",
        gettext_noop(
            "No proposal could be calculated. Choose other sizes of groups and try again."
        ),
    )

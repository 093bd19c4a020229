"""The calculation beside what is simple, on instances that nobody thought of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.allocation import solver
from baodao.allocation.rules.instances import (
    Instance,
    Party,
    Site,
    Weights,
    cost_of,
    first_come,
)
from baodao.allocation.rules.measures import hands_after
from bench.placement import greedy

STREETS = ("c.e.s1.", "c.e.s2.", "c.w.s3.")


@st.composite
def instances(draw: st.DrawFn, largest: int) -> Instance:
    """A few communities in two districts, parties up to a size, wishes for some."""
    sites = [
        Site(n, f"{STREETS[n % 3]}k{n}.", draw(st.integers(0, 30)), *sorted(room))
        for n in range(draw(st.integers(1, 5)))
        for room in [draw(st.tuples(st.integers(0, 8), st.integers(1, 9)))]
    ]
    ids = [None, *(site.id for site in sites)]
    parties = [
        Party(
            f"{n:02d}",
            draw(st.integers(1, largest)),
            draw(st.sampled_from(["", *(site.path for site in sites)])),
            draw(st.sampled_from(ids)),
        )
        for n in range(draw(st.integers(1, 10)))
    ]
    weights = Weights(*(draw(st.sampled_from([1, 3, 9])) for _ in range(3)))
    return Instance(sites, parties, weights, draw(st.sampled_from([0, 2])))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(instance=instances(1) | instances(4))
def test_nobody_is_placed_twice_room_is_kept_and_nothing_simple_is_better(
    instance: Instance,
) -> None:
    if not any(site.room for site in instance.sites):
        return
    solution = solver.solve(instance)
    assert solution.assignment.keys() == {one.key for one in instance.parties}
    planned = hands_after(instance, solution.assignment)
    assert all(planned[site.id] <= max(site.capacity, site.helpers) for site in instance.sites)
    assert solution.cost == cost_of(instance, solution.assignment)
    others = (cost_of(instance, other(instance)) for other in (first_come, greedy))
    assert solution.cost <= min(others)
    assert solution.bound <= solution.cost + 1e-3
    if all(one.size == 1 for one in instance.parties):
        assert solution.bound == solution.cost
    assert solver.solve(instance) == solution

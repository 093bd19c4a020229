"""Balanced allocation: prices, groups, the calculation beside others, and what it comes to."""

import pytest

from baodao.allocation import solver
from baodao.allocation.rules.choices import Grouping, Newcomer, grouped, wish_named
from baodao.allocation.rules.instances import (
    Instance,
    Party,
    Site,
    Weights,
    distance,
    need_points,
)
from baodao.allocation.rules.measures import AllocationReason, hands_after, judge, reasons_of
from baodao.allocation.rules.measures import SiteFacts as Facts
from baodao.kernel.errors import Refused


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("c.e.s1.k1.", "c.e.s1.k1.", 0),
        ("c.e.s1.k1.", "c.e.s1.k1.g1.", 0),
        ("c.e.s1.k1.", "c.e.s1.k2.", 1),
        ("c.e.s1.k1.", "c.e.s2.k3.", 2),
        ("c.e.U1.", "c.e.s1.k1.", 2),
        ("c.e.s1.k1.", "c.w.s3.k4.", 3),
        ("", "c.e.s1.k1.", 2),
    ],
)
def test_a_way_is_as_long_as_the_tree_says(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


def test_an_old_need_weighs_more_than_a_new_one() -> None:
    assert (need_points([]), need_points([0]), need_points([29, 31]), need_points([900])) == (
        *(0, 2, 5, 6),
    )


@pytest.mark.parametrize(
    ("grouping", "sizes"),
    [
        (Grouping.ALONE, [1] * 7),
        (Grouping.THREE, [3, 2, 2]),
        (Grouping.BRANCH, [2, 3, 2]),
        (Grouping.UNIT, [5, 2]),
    ],
)
def test_a_unit_stays_together_in_the_size_of_choice(grouping: Grouping, sizes: list[int]) -> None:
    branches = [(1, 11), (1, 11), (1, 12), (1, 12), (1, 12), (2, 21), (2, 21)]
    helpers = [Newcomer(f"{n}", unit, branch) for n, (unit, branch) in enumerate(branches)]
    parties = grouped(helpers, grouping)
    assert [one.party.size for one in parties] == sizes
    assert sorted(key for one in parties for key in one.keys) == [one.key for one in helpers]


def test_a_wish_is_the_community_that_its_words_name() -> None:
    names = {"石桥社区": 1, "北石桥社区": 2}
    assert wish_named("想去北石桥社区帮老人", names) == 2
    assert wish_named("陪伴老人", names) is None


def _instance(sizes: tuple[int, ...] = (1,), **options: int) -> Instance:
    """Two communities of one street: one has many needs and nobody, the other is crowded."""
    sites = [Site(1, "c.e.s1.k1.", 20, 0, 9), Site(2, "c.e.s1.k2.", 2, 6, 12)]
    parties = [Party(f"{n}", size, "c.e.s1.k2.", 2) for n, size in enumerate(sizes)]
    return Instance(sites, parties, Weights(9, 1, 1), **options)


def test_the_weak_place_comes_first_and_the_reason_says_why() -> None:
    instance = _instance((1, 1, 1))
    assignment = solver.solve(instance).assignment
    assert set(assignment.values()) == {1}
    planned = hands_after(instance, assignment)
    facts = {1: Facts("柳荫社区", 9), 2: Facts("石桥社区", 1)}
    reasons = reasons_of(instance, instance.parties[0], instance.sites[0], planned, facts)
    assert [code for code, _facts in reasons] == [
        *(AllocationReason.NEEDS, AllocationReason.STREET, AllocationReason.WISH_LOST),
    ]
    today, then = judge(instance, {}), judge(instance, assignment)
    assert (today.need_met, today.farthest, then.farthest) == (9, None, 1)
    assert then.need_met > today.need_met
    assert (then.wishes_kept, then.wishes, then.placed, then.left) == (0, 3, 3, 0)


def test_every_community_has_its_minimum_before_others_get_more() -> None:
    sites = [Site(1, "c.e.s1.k1.", 90, 0, 9), Site(2, "c.w.s3.k2.", 0, 0, 9)]
    parties = [Party(f"{n}", 1, "c.e.s1.k1.") for n in range(5)]
    plain = solver.solve(Instance(sites, parties, Weights(9, 9, 1)))
    least = solver.solve(Instance(sites, parties, Weights(9, 9, 1), minimum=2))
    count = [list(one.assignment.values()).count(2) for one in (plain, least)]
    assert count == [0, 2]


@pytest.mark.parametrize(
    ("instance", "code"),
    [
        (_instance(()), "allocation.nobody"),
        (Instance([Site(1, "c.", 1, 2, 2)], [Party("0")]), "allocation.no-room"),
    ],
)
def test_what_cannot_be_calculated_is_refused_in_words(instance: Instance, code: str) -> None:
    with pytest.raises(Refused) as refused:
        solver.solve(instance)
    assert refused.value.code == code

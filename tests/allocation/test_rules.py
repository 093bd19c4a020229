"""Balanced allocation: prices, groups, the calculation beside others, and what it comes to."""

from dataclasses import replace
from typing import Any

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
from baodao.allocation.rules.measures import (
    AllocationReason,
    Measures,
    TradeOff,
    Yardstick,
    hands_after,
    judge,
    reasons_of,
    trade_off,
    worse,
)
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


@pytest.mark.parametrize(
    ("site", "minimum", "codes"),
    [
        (Site(1, "c.e.s1.k1.", 0, 0, 9), 0, ["room"]),
        (Site(1, "c.e.s1.k1.", 0, 1, 9), 3, ["minimum"]),
        (Site(1, "c.e.s1.k1.", 0, 1, 9, times=frozenset({"周末上午"})), 0, ["time"]),
        (Site(1, "c.e.s1.k1.", 20, 0, 9), 0, ["few-needs"]),
        (Site(1, "c.e.s1.k1.", 20, 3, 9), 0, ["needs"]),
    ],
)
def test_a_reason_tells_what_is_so_and_no_empty_number(
    site: Site, minimum: int, codes: list[str]
) -> None:
    other = Site(2, "c.w.s3.k2.", 40, 0, 9)
    party = Party("0", times=frozenset({"周末上午", "工作日晚上"}))
    instance = Instance([site, other], [party], minimum=minimum)
    facts = {1: Facts("柳荫社区", site.need // 2), 2: Facts("石桥社区", 9)}
    reasons = reasons_of(instance, party, site, {1: 1, 2: 0}, facts)
    assert [str(code) for code, _facts in reasons] == codes
    assert 0 not in [facts.get("needs") for _code, facts in reasons]


def test_a_lost_wish_for_a_place_that_needs_nobody_is_told_without_percent() -> None:
    sites = [Site(1, "c.e.s1.k1.", 20, 0, 9), Site(2, "c.e.s1.k2.", 0, 6, 12)]
    party = Party("0", 1, "c.e.s1.k2.", 2)
    instance = Instance(sites, [party])
    facts = {1: Facts("柳荫社区", 9), 2: Facts("石桥社区", 0)}
    reasons = dict(reasons_of(instance, party, sites[0], {1: 1, 2: 6}, facts))
    assert reasons[AllocationReason.WISH_NEEDLESS] == {"community": "石桥社区"}
    measures = judge(instance, {"0": 1})
    assert (measures.crowded_id, measures.crowded_helpers, measures.crowded_share) == (2, 6, 0)


def test_who_is_free_when_people_are_sought_goes_there() -> None:
    weekend, evening = frozenset({"周末上午"}), frozenset({"工作日晚上"})
    sites = [
        Site(1, "c.e.s1.k1.", 9, 0, 9, times=evening),
        Site(2, "c.e.s1.k2.", 9, 0, 9, times=weekend),
    ]
    parties = [Party("a", times=weekend), Party("b", times=evening), Party("c")]
    assignment = solver.solve(Instance(sites, parties)).assignment
    assert (assignment["a"], assignment["b"]) == (2, 1)


TODAY = Measures(50, 1, 1, 4, 2, 3, 4, 4, 0)


@pytest.mark.parametrize(
    ("changes", "losses"),
    [
        ({}, []),
        ({"need_met": 49}, [Yardstick.NEED_MET]),
        ({"farthest": 2}, [Yardstick.FARTHEST]),
        ({"crowded_helpers": 5}, [Yardstick.CROWDED]),
        ({"crowded_helpers": 9, "crowded_share": 9, "need_met": 90}, []),
        ({"wishes_kept": 2, "left": 1}, [Yardstick.WISHES, Yardstick.LEFT]),
        ({"below": (1,)}, [Yardstick.BELOW]),
    ],
)
def test_in_what_a_proposal_is_worse_than_today_is_named(
    changes: dict[str, Any], losses: list[Yardstick]
) -> None:
    assert worse(TODAY, replace(TODAY, **changes)) == losses
    assert worse(replace(TODAY, farthest=None), replace(TODAY, farthest=3)) == []


def measures(**changed: Any) -> Measures:
    """Today's figures of an invented place, with some changed."""
    return replace(Measures(40, 1, 2, 6, 4, 1, 2, 5, 0), **changed)


@pytest.mark.parametrize(
    ("yardstick", "changed", "why"),
    [
        (Yardstick.NEED_MET, {"need_met": 80}, TradeOff.MET_MORE),
        (Yardstick.NEED_MET, {}, TradeOff.MET_SAME),
        (Yardstick.NEED_MET, {"need_met": 30}, TradeOff.MET_LESS),
        (Yardstick.FARTHEST, {"farthest": 2}, TradeOff.FARTHER),
        (Yardstick.FARTHEST, {"farthest": None}, TradeOff.NEARER),
        (Yardstick.CROWDED, {}, TradeOff.STAYS),
        (Yardstick.CROWDED, {"crowded_helpers": 9}, TradeOff.CROWDED_MORE),
        (Yardstick.CROWDED, {"crowded_helpers": 4}, TradeOff.CROWDED_LESS),
        (Yardstick.WISHES, {}, TradeOff.WISHES_FEWER),
        (Yardstick.WISHES, {"wishes_kept": 2}, TradeOff.WISHES_KEPT),
        (Yardstick.WISHES, {"wishes_kept": 0, "wishes": 0}, TradeOff.UNWISHED),
        (Yardstick.BELOW, {"below": [3]}, TradeOff.BELOW_SOME),
        (Yardstick.BELOW, {}, TradeOff.BELOW_NONE),
        (Yardstick.LEFT, {"left": 2}, TradeOff.LEFT_SOME),
        (Yardstick.LEFT, {}, TradeOff.LEFT_NONE),
    ],
)
def test_each_figure_says_why_it_stands_so_beside_today(
    yardstick: Yardstick, changed: dict[str, Any], why: TradeOff
) -> None:
    assert trade_off(yardstick, measures(), measures(**changed)) is why


def test_where_nobody_goes_today_no_way_is_compared() -> None:
    today, proposal = measures(farthest=None), measures(farthest=1)
    assert trade_off(Yardstick.FARTHEST, today, proposal) is TradeOff.FIRST_WAYS


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

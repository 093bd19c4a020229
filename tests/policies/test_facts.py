"""Facts of units, branches, communities and cadres, held against what was done by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.rules.records import Way
from baodao.policies.commands.texts import save_policy
from baodao.policies.queries import present
from baodao.policies.queries.subjects import subjects_below
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.problems.commands.problems import raise_from_visit, solve_problem
from baodao.trials.queries import trial_of
from baodao.visits.commands.visits import withdraw_visit
from tests.ledger.steps import entry, hosted, recorded
from tests.offers.steps import published
from tests.policies.examples import preset
from tests.visits import steps as visits
from tests.world import World

ONE = "format: 1\nname: 一次\noutcome: {pass: {amount: {count: service}, at_least: 1}}\n"


def _facts(world: World, rules: RuleSet, place: str, days: int = 0) -> dict[int, SubjectFacts]:
    """The facts of all subjects below a place as of the end of a day."""
    as_of = clock.end_of(clock.today() + timedelta(days=days))
    return {int(one.key): one for _, one in subjects_below(rules, world.places[place], as_of)}


def _numbers(facts: SubjectFacts) -> dict[str, int]:
    """How many deeds of each kind; of a stock its value."""
    numbers = Counter[str]()
    for kind, deeds in facts.by_kind.items():
        numbers[kind.value] += sum(
            int(one.value) for one in deeds if one.id not in facts.reversed_ids
        )
    return dict(numbers)


@pytest.fixture
def members_policy(world: World) -> Iterator[None]:
    """A policy of members that holds everywhere."""
    version = save_policy(world.actor("fan"), organisation_id=world.east.pk, text=ONE)
    before = [*present._TELLERS]
    present.register_present(lambda *_: version, lambda *_: False)
    yield
    present._TELLERS[:] = before


@pytest.mark.usefixtures("members_policy")
def test_a_unit_is_told_by_what_its_members_did_and_are(world: World) -> None:
    chen, today = hosted(world), clock.today()
    helps = recorded(
        world,
        entry(chen.pk, served_on=today, way="wish"),
        entry(chen.pk, served_on=today, way="pairing", minutes=50),
        entry(chen.pk, served_on=today, way="activity", minutes=40),
        entry(chen.pk, served_on=today, way="activity", minutes=30),
        entry(chen.pk, served_on=today, way="post", minutes=20),
    ).done
    assert len(helps) == 5
    undone = next(one for one in helps if one.way == Way.PAIRING)
    reverse(
        world.actor("an"), community_id=undone.community_id, record_id=undone.id, reason="重复登记"
    )
    point = visits.contact(world)
    visits.visit(world.actor("chen"), point)
    visits.visit(world.actor("chen"), point)
    units = _facts(world, preset("r6-unit"), "east")
    assert _numbers(units[world.bureau.pk]) == {
        "help": 1,
        "visit": 1,
        "member": 1,
        "reported": 1,
        "completed": 1,
    }
    [branch] = [
        one for key, one in _facts(world, preset("r3-branch"), "bureau").items() if one.deeds
    ]
    assert branch.key == str(world.first.pk)
    assert _numbers(branch) == {"activity": 1, "help": 1}
    assert _facts(world, preset("r6-unit"), "east", days=-1) == {}
    trial = trial_of(world.actor("fan"), world.east.code, today, preset("r2-unit"))
    assert [key for key, _ in trial.missing] == [str(world.bureau.pk)]


def test_a_community_is_told_by_the_activities_that_it_offers(world: World) -> None:
    published(world)
    published(world, "post")
    communities = _facts(world, preset("r7-community"), "willow_street")
    assert _numbers(communities[world.willow.pk]) == {"offer": 1}
    assert communities[world.bridge.pk].deeds == ()
    assert world.cloud.pk not in communities


def test_a_cadre_is_told_by_visits_households_and_problems(world: World) -> None:
    hosted(world)
    chen, today = world.actor("chen"), clock.today()
    point, home = visits.contact(world), visits.household(world)
    first = visits.visit(chen, point)
    withdraw_visit(chen, visit_id=visits.visit(chen, point).pk)
    visits.visit(chen, home)
    found = raise_from_visit(
        chen, visit_id=first.pk, text="楼道灯坏了", due_on=today + timedelta(days=7)
    )
    raise_from_visit(chen, visit_id=first.pk, text="门禁坏了", due_on=today + timedelta(days=7))
    solve_problem(world.actor("an"), problem_id=found.pk, evidence="已更换灯泡")
    as_of = clock.end_of(today)
    [(branch, cadre)] = subjects_below(preset("r4"), world.east, as_of)
    assert branch == world.first.pk
    assert _numbers(cadre) == {
        "visit": 2,
        "household": 1,
        "problem-collected": 2,
        "problem-solved": 1,
    }
    assert {one.group for one in cadre.spells} == {"section"}
    trial = trial_of(world.actor("fan"), world.east.code, today, preset("r4"))
    assert trial.outcomes.total() == 1

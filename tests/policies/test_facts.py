"""Facts of units, branches, communities and cadres, held against what was done by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from baodao.attendance.commands.effects import grade_effects
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.rules.effects import EffectGrade
from baodao.kernel import clock
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.commands.records import append
from baodao.ledger.rules.records import Way
from baodao.orgs.rules.tree import Kind
from baodao.partnership.commands.registrations import accept
from baodao.partnership.commands.registrations import present as present_form
from baodao.people.models import Person
from baodao.policies.commands.texts import save_policy
from baodao.policies.queries import present
from baodao.policies.rules.deeds import Spell, SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.windows import EVER
from baodao.problems.commands.problems import raise_from_visit, solve_problem
from baodao.registration.models import Registration
from baodao.rosters.commands.rows import MembershipPeriod, insert_memberships
from baodao.subjects.queries.members import facts_of_members
from baodao.subjects.queries.subjects import subjects_below
from baodao.trials.queries import trial_of
from baodao.visits.commands.visits import withdraw_visit
from tests import factories
from tests.ledger.steps import ON_THE_LIST, entry, hosted, recorded
from tests.offers.steps import hour, published
from tests.partnership.test_unit_registrations import CONTACT
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


def test_an_activity_has_the_grade_that_its_community_gave_it(world: World) -> None:
    """Of the branch whose members served in it, as of an instant; what was changed later was not so
    then."""
    chen, offer = hosted(world), published(world)
    an, between, later = world.actor("an"), hour(days=8), hour(days=9)
    with clock.at(hour(at=12)):
        record_roll(an, offer_id=offer.pk, turnout=Turnout([chen.pk], 60))

        def grades() -> list[str]:
            return [
                one.traits.get(DeedTrait.GRADE, "")
                for facts in _facts(world, preset("r3-branch"), "bureau").values()
                for one in facts.by_kind[DeedKind.ACTIVITY]
            ]

        assert grades() == [""]
        grade_effects(an, grades={offer.pk: EffectGrade.FAIR})
        assert grades() == ["较好"]
    with clock.at(later):
        grade_effects(an, grades={offer.pk: EffectGrade.GOOD}, reason="居民来信致谢")
        assert grades() == ["好"]
        before = subjects_below(preset("r3-branch"), world.bureau, between)
        told = [one for _, facts in before for one in facts.by_kind[DeedKind.ACTIVITY]]
        assert [one.traits[DeedTrait.GRADE] for one in told] == ["较好"]
        trial = trial_of(world.actor("fan"), world.bureau.code, clock.today(), preset("r3-branch"))
        assert trial.outcomes["积分未达标"] >= 1


def test_services_tell_where_they_were(world: World) -> None:
    """Where one reported, else lives, else where the unit has its partner, each while it was so."""
    chen, today = hosted(world), clock.today()
    an, bao, dai = world.actor("an"), world.actor("bao"), world.actor("dai")
    Person.objects.filter(pk=chen.pk).update(home_community=world.bridge, home_since=None)
    form = present_form(dai, unit_id=world.bureau.pk, community_id=world.willow.pk, contact=CONTACT)
    accept(an, unit_registration_id=form.pk)
    for minutes, where in enumerate((world.willow, world.bridge, world.cloud), 30):
        one = entry(chen.pk, served_on=today, minutes=minutes)
        append(bao, entries={where: [one]}, confirmed=ON_THE_LIST)
    ids = [chen.pk]

    def places(as_of: datetime) -> list[str]:
        [facts] = facts_of_members(ids, as_of)
        return [one.traits[DeedTrait.PLACE] for one in facts.by_kind[DeedKind.SERVICE]]

    assert sorted(places(clock.end_of(today))) == ["elsewhere", "home", "own"]
    Registration.objects.filter(person=chen).update(accepted_at=clock.end_of(today))
    Person.objects.filter(pk=chen.pk).update(home_since=clock.end_of(today))
    assert sorted(places(clock.end_of(today))) == ["elsewhere", "elsewhere", "partner"]


def test_who_is_there_from_the_first_day_of_a_branch_did_not_join_on_it(world: World) -> None:
    """They were there since they joined the Party, where that is known, else always; so was who
    comes with a later roster, which tells no day. Who is entered later with a day joined on it."""
    branch = factories.organisation(Kind.BRANCH, "新设支部", world.bureau)
    today = clock.today()

    def began(name: str, first: date, joined_on: date | None) -> Spell:
        person = factories.member(name, branch, joined_on=joined_on)
        person.memberships.update(from_on=first, recorded_at=clock.now())
        [facts] = facts_of_members([person.pk], clock.now() + timedelta(minutes=1))
        assert facts.began_on == first
        return facts.spells[0]

    assert began("老党员", today, date(2005, 7, 1)).from_on == date(2005, 7, 1)
    assert began("无入党时间", today, None).from_on == EVER
    assert began("有起始日", today - timedelta(days=20), None).from_on < today
    with clock.at(clock.now() + timedelta(days=3)):
        later = today + timedelta(days=3)
        assert began("后来者", later, date(2005, 7, 1)).from_on == later
        person = factories.person("名册所列")
        insert_memberships([MembershipPeriod(person.pk, branch.pk, "in-service", "full", True)])
        [facts] = facts_of_members([person.pk], clock.now() + timedelta(minutes=1))
        assert (facts.began_on, facts.spells[0].from_on) == (later, EVER)


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

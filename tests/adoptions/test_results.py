"""What adopted policies say of members: stored, told with its reasons, never changed afterwards."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from baodao.accounts.models import Switch
from baodao.adoptions.commands.adoptions import AdoptionTerms, adopt
from baodao.adoptions.commands.evaluation import evaluate, said_of
from baodao.adoptions.models import Adoption, LaterResult, PolicyResult
from baodao.adoptions.queries.later_results import having_later
from baodao.adoptions.queries.results import own_results, results, results_of, said_before
from baodao.adoptions.queries.subjects import PolicySubject, facts_of
from baodao.adoptions.queries.wording import reason_text
from baodao.adoptions.queries.work import work_of
from baodao.adoptions.rules.outcomes import named_facts
from baodao.adoptions.tables.later_results import later_words
from baodao.adoptions.tasks import remind_members
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import total
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.moments import AsOf, read_period
from baodao.ledger.commands.corrections import reverse
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.queries.trees import place_then
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.commands.texts import save_policy
from baodao.policies.rules.presets import preset_text
from baodao.policies.rules.windows import Days
from tests.adoptions.steps import FIRST, LAST, SUMMER, TWO, YEAR, adopted, night, on, served, stands
from tests.concurrency import at_once
from tests.ledger.steps import hosted, record
from tests.world import World

DAY = timedelta(days=1)
POINTS = """
format: 1
name: 积分
amounts: {points: {count: service, label: 积分, unit: points, worth: {each: 5}}}
outcome: {pass: {amount: points, at_least: 60}}
"""
STANDING = {"standing": Standing.IN_SERVICE, "grade": Grade.FULL}


@pytest.fixture
def adoption(world: World) -> Adoption:
    """The district asks for two services a year."""
    with on(SUMMER):
        hosted(world)
        return adopted(world, settle_days=31)


def _computed(row: PolicyResult) -> str:
    """The digest of a result, computed again from its record ids and its version."""
    subject = PolicySubject(row.place_id, row.person_id)
    [facts] = facts_of(row.adoption, [subject], clock.end_of(row.day))
    ids = [*row.counted, *(one[0] for one in row.left_out)]
    last = row.period_until or date.max
    period = Days(row.period_from, last)
    return said_of(row.adoption, named_facts(facts, ids), period, row.day).digest


def test_a_result_says_what_is_missing_and_what_was_counted(
    world: World, adoption: Adoption
) -> None:
    row = served(world, SUMMER)
    night(SUMMER)
    result = stands(adoption)
    assert (result.state, result.counted) == ("open", [str(row.id)])
    assert reason_text(result) == "还差 1 次志愿服务：已参加 1 次，要求 2 次"
    assert result.lines[0]["share"] == 50
    served(world, SUMMER + DAY)
    night(SUMMER + DAY)
    assert stands(adoption).state == "met"
    assert [one.state for one in said_before(stands(adoption))] == ["open"]


def test_every_result_is_computed_again_from_its_records(world: World) -> None:
    with on(SUMMER):
        hosted(world)
        world.turned_on("stars")
        for name in ("r1", "r2", "r15"):
            adopted(world, preset_text(name) or "", code=name)
    rows = [served(world, SUMMER + n * DAY, minutes=200) for n in range(3)]
    night(SUMMER + 2 * DAY)
    with on(SUMMER + 5 * DAY):
        reverse(
            world.actor("an"),
            community_id=rows[0].community_id,
            record_id=rows[0].id,
            reason="重复登记",
        )
    night(SUMMER + 5 * DAY)
    stored = list(PolicyResult.objects.select_related("adoption__version"))
    assert len({row.adoption_id for row in stored}) == 3
    assert any(row.left_out for row in stored)
    assert [_computed(row) for row in stored] == [row.digest for row in stored]


def test_only_what_changed_is_written(world: World, adoption: Adoption) -> None:
    night(SUMMER)
    before = set(PolicyResult.objects.values_list("pk", flat=True))
    night(SUMMER + DAY)
    night(SUMMER + DAY)
    assert set(PolicyResult.objects.values_list("pk", flat=True)) == before
    served(world, SUMMER + 2 * DAY)
    night(SUMMER + 2 * DAY)
    fresh = PolicyResult.objects.exclude(pk__in=before)
    assert [row.person_id for row in fresh] == [world.people["chen"].pk]


def test_time_alone_makes_an_open_requirement_missed(world: World, adoption: Adoption) -> None:
    served(world, SUMMER)
    night(LAST - DAY)
    assert stands(adoption).state == "open"
    night(LAST)
    assert stands(adoption).state == "missed"


def test_late_records_count_until_a_period_is_settled(world: World, adoption: Adoption) -> None:
    served(world, SUMMER)
    night(LAST)
    with on(LAST + 20 * DAY):
        record(world, served_on=SUMMER + DAY)
    night(LAST + 20 * DAY)
    rows = PolicyResult.objects.filter(person=world.people["chen"], period_from=FIRST, until=None)
    assert rows.get().state == "met"
    settled = LAST + 40 * DAY
    with on(settled):
        reverse(
            world.actor("an"),
            community_id=world.willow.pk,
            record_id=UUID(rows.get().counted[0]),
            reason="重复登记",
        )
    night(settled)
    assert rows.get().state == "met"
    _check_later(world, adoption, rows.get(), settled)


def _check_later(world: World, adoption: Adoption, result: PolicyResult, settled: date) -> None:
    """Beside the result stands what the records say now, who signs and the member are told, and it
    goes with what made it."""
    chen, deng = world.people["chen"].pk, world.actor("deng")
    later = LaterResult.objects.get(result=result, until=None)
    assert (later.state, later.is_otherwise) == ("missed", True)
    assert reason_text(later) == "未达到要求，差 1 次志愿服务：已参加 1 次，要求 2 次"
    words = later_words([result])[result.pk]
    assert ([one.why for one in words.fewer], words.more) == (["已撤回。"], [])
    assert Notice.objects.filter(kind="policy-later-result", person=chen).count() == 1
    told = Notice.objects.filter(kind="policy-later-results", organisation=world.bureau)
    assert told.get().facts["count"] == 1
    night(settled + DAY)
    assert LaterResult.objects.count() == 1
    with on(settled + 2 * DAY):
        assert result in having_later(results(deng))
        record(world, served_on=SUMMER + 2 * DAY)
    night(settled + 2 * DAY)
    assert not LaterResult.objects.get(until=None).is_otherwise
    assert not having_later(results(deng)).exists()
    assert PolicyResult.objects.get(pk=result.pk).until is None


def test_two_who_evaluate_a_new_adoption_at_once_say_it_once(committed_world: World) -> None:
    row = adopted(committed_world)
    day = clock.today()
    work = work_of(row.pk, day)
    assert work
    [subjects] = work.chunks()

    def act() -> int:
        return evaluate(SYSTEM, adoption_id=row.pk, subjects=subjects, day=day)

    answers = at_once(act, act, act)
    assert sorted(answers, key=str) == [0, 0, len(subjects)]


def test_a_period_follows_the_version_in_force_in_it(world: World, adoption: Adoption) -> None:
    with on(SUMMER):
        actor = world.actor("fan")
        version = save_policy(
            actor, organisation_id=world.east.pk, text=TWO % 1, code=adoption.policy.code
        )
        terms = AdoptionTerms(from_on=LAST + DAY)
        later = adopt(actor, organisation_id=world.east.pk, version_id=version.pk, terms=terms)
    adoption.refresh_from_db()
    assert adoption.until_on == LAST
    served(world, SUMMER)
    night(LAST)
    served(world, LAST + 2 * DAY)
    night(LAST + 2 * DAY)
    rows = PolicyResult.objects.filter(person=world.people["chen"], until=None)
    said = {row.period_from.year: (row.adoption_id, row.state) for row in rows}
    assert said == {YEAR: (adoption.pk, "missed"), YEAR + 1: (later.pk, "met")}


def test_who_reads_results(world: World, adoption: Adoption) -> None:
    night(SUMMER)
    chen = world.people["chen"].pk
    with on(SUMMER + DAY):
        for name, sees in {"fan": 1, "deng": 1, "qin": 1, "an": 1, "bao": 0, "gu": 0}.items():
            assert results(world.actor(name)).filter(person=chen).count() == sees, name
        assert own_results(world.actor("chen")).get() == stands(adoption)
        period = Days(FIRST, LAST)
        assert results_of(world.actor("deng"), world.bureau, period, adoption).count() == 1
        assert not results_of(world.actor("bao"), world.bureau, period, adoption).exists()


def test_who_moved_out_of_reach_is_asked_there_no_longer(world: World, adoption: Adoption) -> None:
    night(SUMMER)
    with on(SUMMER + 2 * DAY):
        chen = world.people["chen"]
        chen.memberships.update(closed_at=clock.now(), to_on=SUMMER + DAY)
        chen.memberships.create(branch=world.office, from_on=clock.today(), **STANDING)
    night(SUMMER + 2 * DAY)
    assert stands(adoption).state == "apart"
    assert not own_results(world.actor("chen")).exists()


def test_members_are_reminded_once_before_a_window_ends(world: World, adoption: Adoption) -> None:
    chen = {"kind": "policy-window-ends", "person": world.people["chen"]}
    night(LAST - 40 * DAY)
    for day, told in ((31, 0), (29, 1), (28, 1)):
        with on(LAST - day * DAY):
            remind_members()
        assert Notice.objects.filter(**chen).count() == told, day
    with on(LAST - 20 * DAY):
        assert not with_closed(Notice.objects.filter(**chen)).get().closed
    served(world, LAST - 22 * DAY)
    served(world, LAST - 20 * DAY)
    night(LAST - 20 * DAY)
    with on(LAST - 19 * DAY):
        assert with_closed(Notice.objects.filter(**chen)).get().closed


def test_the_figures_say_how_many_meet_what_is_asked(world: World, adoption: Adoption) -> None:
    night(SUMMER)
    with on(SUMMER + DAY):
        assert _figures(world) == (1, 0)
    served(world, SUMMER)
    served(world, SUMMER + DAY)
    night(SUMMER + DAY)
    with on(SUMMER + 2 * DAY):
        assert _figures(world) == (1, 1)
        assert _figures(world, AsOf(clock.end_of(SUMMER + DAY))) == (1, 0)


def test_what_is_over_or_at_rest_is_in_no_figure(world: World) -> None:
    with on(SUMMER):
        hosted(world)
        world.turned_on("points")
        row = adopted(world, POINTS)
        end = Switch.objects.get(key="points")
    assert row.switches == ["points"]
    night(SUMMER)
    with on(SUMMER + DAY):
        assert _figures(world) == (1, 0)
        before = AsOf(clock.now())
    with on(SUMMER + 2 * DAY):
        Switch.objects.filter(pk=end.pk).update(ended_at=clock.now())
        assert _figures(world, AsOf(clock.now() + DAY)) == (0, 0)
        assert _figures(world, before) == (1, 0)


def _figures(world: World, as_of: AsOf | None = None) -> tuple[int, int]:
    at = as_of or AsOf(clock.now())
    metrics = (METRICS["policy_members"], METRICS["policy_met"])
    place, period = place_then(world.bureau, at), read_period("", at)
    query = FigureQuery(world.bureau, place, metrics, at, period)
    values = total(query.by_child().values(), metrics)
    return values["policy_members"], values["policy_met"]


@pytest.mark.parametrize(
    ("preset", "place", "state"),
    [("r2-unit", "bureau", "open"), ("r7-community", "willow", "missed")],
)
def test_organisations_have_results_too(world: World, preset: str, place: str, state: str) -> None:
    with on(SUMMER):
        row = adopted(world, preset_text(preset) or "")
    night(SUMMER)
    with on(SUMMER + DAY):
        said = results(world.actor("fan")).filter(adoption=row, place=world.places[place])
        assert (said.get().person, said.get().state) == (None, state)
        assert not results(world.actor("bao")).filter(pk=said.get().pk).exists()

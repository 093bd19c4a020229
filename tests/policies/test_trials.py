"""Policies on the facts of the database: what members did, as it was known at the end of a day."""

from datetime import date, timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.commands.corrections import reverse
from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.subjects.queries.members import facts_of_members
from baodao.trials.queries import trial_of
from tests.exemptions.test_exemptions import approved
from tests.ledger.steps import entry, hosted, record, recorded
from tests.policies.examples import preset
from tests.world import World

TWO = read_policy(
    "format: 1\nname: 两次\namounts: {services: {count: service, label: 服务}}\n"
    "outcome: {pass: {amount: services, at_least: 2}}\n"
)
ONE = read_policy("format: 1\nname: 一次\noutcome: {pass: {amount: {count: service}, at_least: 1}}")


def _assessed(world: World, day: date | None = None) -> Assessment:
    today = day or clock.today()
    chen = world.people["chen"].pk
    [facts] = facts_of_members([chen], clock.end_of(today))
    return assess(TWO, facts, today)


def test_services_count_by_their_record_ids(world: World) -> None:
    hosted(world)
    chen, today = world.people["chen"], clock.today()
    rows = recorded(
        world,
        entry(chen.pk, served_on=today, category="environment"),
        entry(chen.pk, served_on=today, category="policy", way="activity"),
    ).done
    assessment = _assessed(world)
    assert {*assessment.counted} == {str(one.pk[1]) for one in rows}
    [facts] = facts_of_members([chen.pk], clock.end_of(today))
    assert len(facts.by_kind[DeedKind.ACTIVITY]) == 1
    assert [one.traits[DeedTrait.PLACE] for one in facts.by_kind[DeedKind.SERVICE]] == ["own"] * 2
    assert len(facts.by_kind[DeedKind.REPORT]) == 1


def test_what_was_reversed_never_was_and_is_told(world: World) -> None:
    hosted(world)
    row = record(world, served_on=clock.today())
    reverse(world.actor("an"), community_id=row.community_id, record_id=row.id, reason="重复登记")
    assessment = _assessed(world)
    assert assessment.counted == ()
    assert [(one.id, one.why) for one in assessment.left_out] == [(str(row.id), "reversed")]


def test_what_was_recorded_later_was_not_known_then(world: World) -> None:
    hosted(world)
    record(world, served_on=clock.today())
    chen, yesterday = world.people["chen"], clock.today() - timedelta(days=1)
    [facts] = facts_of_members([chen.pk], clock.end_of(yesterday))
    assert facts.deeds == ()


def test_an_approved_exemption_is_a_time_in_which_nothing_is_asked(world: World) -> None:
    approved(world)
    chen = world.people["chen"]
    [facts] = facts_of_members([chen.pk], clock.end_of(clock.today()))
    assert [one.from_on for one in facts.exempt] == [clock.today()]
    [before] = facts_of_members([chen.pk], clock.now() - timedelta(days=1))
    assert before.exempt == ()


def test_a_trial_counts_by_branch_and_tells_what_is_missing(world: World) -> None:
    hosted(world)
    record(world, served_on=clock.today())
    code, today = world.bureau.code, clock.today()
    trial = trial_of(world.actor("deng"), code, today, TWO, ONE)
    chen = world.people["chen"]
    first = trial.places[chen.memberships.get().branch_id]
    assert first.total() > 0
    assert str(chen.pk) in {key for key, _ in trial.missing}
    assert [row[0] for row in trial.changes] == [str(chen.pk)]


def test_a_trial_is_only_for_who_reads_the_records(world: World) -> None:
    with pytest.raises(Absent):
        trial_of(world.actor("bao"), world.bureau.code, clock.today(), TWO)
    with pytest.raises(Refused, match="other-subject"):
        trial_of(world.actor("deng"), world.bureau.code, clock.today(), TWO, preset("r2-unit"))

"""What a snapshot still knows later on its day is what the facts say, whatever happened since."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from baodao.exemptions.commands import (
    ExemptionRequest,
    decide_exemption,
    request_exemption,
    revoke_exemption,
)
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS, columns_of
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.numbers import open_number
from baodao.insight.queries.tables import table
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, year_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.rules.standing import Standing
from baodao.snapshots.commands import take_snapshot
from baodao.snapshots.queries import Knowledge, known
from baodao.tallies.rules.conditions import Trait
from tests.figures.histories import ACTS, CLERK, SECRETARY, Act, History, begin, spare, unspare
from tests.figures.services import DEEDS, rehang, serve, tally_all
from tests.world import World

EVERYTHING = {**ACTS, **DEEDS}


def _dawn(history: History) -> None:
    """The next morning, with a snapshot of it."""
    history.now = clock.midnight(history.now.date() + timedelta(days=1)) + timedelta(hours=6)
    take_snapshot(NOBODY, as_of=AsOf(history.now))


def _do(history: History, act: Act) -> None:
    """It happens within the hour, once or twice."""
    for _ in range(2):
        history.now += timedelta(minutes=history.dice.randint(1, 30))
        with clock.at(history.now), suppress(Refused):
            act(history)


def _query(place: Organisation, sheet: StatSheet, as_of: AsOf) -> FigureQuery:
    metrics = columns_of(sheet, Kind(place.kind))
    return FigureQuery(place, place_then(place, as_of), metrics, as_of, year_of(as_of))


@pytest.mark.parametrize("seed", [31, 32])
def test_a_table_is_the_same_whether_or_not_a_snapshot_of_the_day_knows_it(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    history = begin(world, seed, people=20)
    history.tell(80, EVERYTHING)
    places = [world.places[key] for key in ("city", "east", "willow_street")]
    acts = history.dice.sample([*EVERYTHING, spare, unspare, serve], len(EVERYTHING) + 3)
    said: Counter[tuple[str, bool]] = Counter()
    for turn, act in enumerate(acts):
        if turn % 2 == 0:
            _dawn(history)
        _do(history, act)
        as_of = AsOf(history.now + timedelta(seconds=1))
        for place, sheet in product(places, StatSheet):
            query = _query(place, sheet, as_of)
            sure = known(query).metrics
            said.update((one.source.code, one in sure) for one in query.metrics)
            quick = table(CLERK, place.code, as_of, sheet)
            with monkeypatch.context() as patch:
                patch.setattr("baodao.insight.queries.tables.known", lambda _: Knowledge())
                slow = table(CLERK, place.code, as_of, sheet)
            assert (quick.total, quick.rows) == (slow.total, slow.rows), (place.name, act)
    assert {code for code, sure in said if sure} == {
        one.source.code for one in METRICS.values() if one.columns
    }
    assert {"members", "services", "hosted", "needs"} <= {code for code, sure in said if not sure}


def test_a_number_that_is_known_opens_to_its_rows(world: World) -> None:
    history = begin(world, 34, people=20)
    history.tell(60, DEEDS)
    _dawn(history)
    as_of = AsOf(history.now + timedelta(minutes=5))
    for code in ("served", "minutes", "hosted", "services_here", "needs_collected"):
        number = open_number(CLERK, world.city.code, code, as_of)
        assert METRICS[code] in known(_query(world.city, StatSheet.SERVICE, as_of)).metrics
        assert number.count == len(number.rows(0, 10_000))
        total = table(CLERK, world.city.code, as_of, StatSheet.SERVICE).total
        assert number.figure == total[code]


def test_a_snapshot_knows_nothing_of_another_day_period_tree_or_definition(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = begin(world, 35, people=20)
    _dawn(history)
    as_of = AsOf(history.now + timedelta(hours=2))
    query = _query(world.city, StatSheet.SERVICE, as_of)
    assert set(known(query).metrics) == set(query.metrics)
    tomorrow = AsOf(history.now + timedelta(days=1))
    half = replace(query, period=replace(query.period, text="2026-H1"))
    assert known(half).metrics == known(replace(query, as_of=tomorrow)).metrics == ()
    with monkeypatch.context() as patch:
        changed = replace(METRICS["members"], condition=Trait("standing").one_of("retired"))
        patch.setitem(METRICS, "members", changed)
        assert known(query).metrics == ()
    with clock.at(history.now + timedelta(hours=1)):
        rehang(history)
    assert known(query).metrics == ()


def test_a_record_that_the_worker_takes_later_is_not_overlooked(world: World) -> None:
    history = begin(world, 36, people=20)
    _dawn(history)
    history.now += timedelta(hours=1)
    with clock.at(history.now):
        serve(history)
    as_of = AsOf(history.now + timedelta(minutes=1))
    moved = {"served", "services", "minutes", "services_here", "minutes_here"}
    for _ in range(2):
        query = _query(world.city, StatSheet.SERVICE, as_of)
        assert not moved & {metric.code for metric in known(query).metrics}
        tally_all()


def test_who_is_spared_or_no_longer_counts_so_at_once(world: World) -> None:
    history = begin(world, 37, people=5)
    person = history.people[-1]
    Membership.objects.filter(person=person).update(standing=Standing.IN_SERVICE)
    for spared in (True, False):
        _dawn(history)
        history.now += timedelta(hours=1)
        today = history.now.date()
        with clock.at(history.now):
            if spared:
                request = ExemptionRequest(person.pk, "other", "病历", "full", today, None)
                made = request_exemption(CLERK, request=request)
                decide_exemption(SECRETARY, exemption_id=made.pk, approve=True, note="阅")
            else:
                revoke_exemption(SECRETARY, exemption_id=made.pk, reason="已回岗")
        as_of = AsOf(history.now + timedelta(minutes=1))
        assert table(CLERK, world.city.code, as_of).total["exempt"] == spared

"""A reorganisation moves no figure of an earlier day: every metric, at every level, and the rows
behind it, are as of that day what they were before the act."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from baodao.insight.queries.numbers import open_number
from baodao.insight.queries.sources.organisations import ListedOrganisation
from baodao.insight.queries.tables import StatTable, table
from baodao.insight.rules.catalogue import METRICS
from baodao.insight.rules.sheets import LEVELS, StatSheet
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Reorganisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.presentations import present_group
from baodao.registration.models import RegistrationStage
from tests import factories
from tests.insight.histories import ACTS, CLERK, START, History, begin
from tests.insight.services import DEEDS, rehang
from tests.world import World

LIFE = {act: weight for act, weight in (ACTS | DEEDS).items() if act is not rehang}
REASON = "区划调整"

Picture = dict[tuple[str, str], Any]
"""What is said of an organisation, by its code and the code of a metric or a table."""


@pytest.fixture
def history(world: World) -> History:
    """A past in which every metric counts something, and letters wait in every community."""
    history = begin(world, 3)
    history.tell(110, LIFE)
    history.now += timedelta(hours=9)
    with clock.at(history.now):
        for place in history.communities:
            people = [
                factories.member(f"{word}{place.name}", world.first, home_community=place)
                for word in ("在", "待")
            ]
            batch = issue_letters(
                CLERK, person_ids=[person.pk for person in people], community_id=place.pk
            )
            present_group(CLERK, registration_ids=[row.pk for row in batch.done])
            accept(CLERK, registration_ids=[batch.done[0].pk])
    history.now += timedelta(days=1)
    return history


def picture(world: World, as_of: AsOf) -> Picture:
    """Every figure of every organisation with the rows behind it, and the rows of its tables."""
    period = read_period("2026", as_of)
    seen: Picture = {}
    for place in world.places.values():
        place.refresh_from_db()
        for metric in METRICS.values():
            if place.kind not in metric.source.levels:
                continue
            number = open_number(CLERK, place.code, metric.code, as_of, period=period)
            rows = [
                replace(row, code="", path="") if isinstance(row, ListedOrganisation) else row
                for row in number.rows(0, 10_000)
            ]
            seen[place.code, metric.code] = (number.figure, rows)
        if place.kind in LEVELS:
            for sheet in StatSheet:
                seen[place.code, sheet] = _rows(table(CLERK, place.code, as_of, sheet, period))
    return seen


def _rows(made: StatTable) -> list[object]:
    return [(row.name, row.figures, row.accepted_at) for row in made.rows]


def _aims(world: World) -> list[tuple[str, Aim]]:
    """Everything that can be done to what the world has, by the key of the organisation."""
    bridge, north = world.bridge.pk, world.north.pk
    other = factories.organisation(Kind.UNIT, "区水务局机关党委", world.east, opened_at=START)
    return [
        ("willow", Aim(Reform.MERGED, successor_id=bridge)),
        ("willow", Aim(Reform.SPLIT, successor_id=bridge, shares={world.grid.pk: north})),
        ("willow", Aim(Reform.MOVED, parent_id=world.north_street.pk)),
        ("willow", Aim(Reform.RENAMED, name="柳荫新社区")),
        ("bureau", Aim(Reform.MERGED, successor_id=other.pk)),
        ("first", Aim(Reform.MERGED, successor_id=world.second.pk)),
    ]


def _done(history: History, name: str, aim: Aim) -> Reorganisation:
    history.now += timedelta(days=1)
    key = history.world.places[name].pk
    with clock.at(history.now):
        return reorganise(CLERK, organisation_id=key, aim=aim, reason=REASON)


def _undone(history: History, act: Reorganisation) -> None:
    history.now += timedelta(days=1)
    with clock.at(history.now):
        undo(CLERK, reorganisation_id=act.pk, organisation_id=act.organisation_id)


def test_no_figure_of_the_day_before_moves(history: History) -> None:
    world = history.world
    aims = _aims(world)
    day = AsOf(history.now)
    before = picture(world, day)
    for place, code in ((world.willow, "hosted_waiting"), (world.city, "claims_live")):
        assert before[place.code, code][0], code
    for name, aim in aims:
        act = _done(history, name, aim)
        assert picture(world, day) == before, aim
        _undone(history, act)
    assert picture(world, day) == before


def test_letters_wait_with_who_took_over_from_the_act_on(history: History) -> None:
    world = history.world

    def waiting(name: str) -> int:
        as_of = AsOf(history.now + timedelta(hours=1))
        return open_number(CLERK, world.places[name].code, "hosted_waiting", as_of).figure

    willow, bridge = waiting("willow"), waiting("bridge")
    assert willow
    act = _done(history, "willow", Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert (waiting("willow"), waiting("bridge")) == (0, willow + bridge)
    stages = RegistrationStage.objects.filter(until=None, state="submitted")
    assert not stages.filter(community=world.willow).exists()
    _undone(history, act)
    assert (waiting("willow"), waiting("bridge")) == (willow, bridge)

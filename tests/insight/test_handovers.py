"""A reorganisation moves no figure of an earlier day: every metric, at every level, and the rows
behind it, are as of that day what they were before the act."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q

from baodao.figures.queries.sources.organisations import ListedOrganisation
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.sheets import LEVELS, StatSheet
from baodao.insight.queries.numbers import open_number
from baodao.insight.queries.tables import StatTable, table
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.needs.commands.needs import close_need
from baodao.needs.models import Need
from baodao.needs.rules.life import NEED
from baodao.offers.commands.offers import cancel
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OFFER
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Organisation, Reorganisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import end_membership
from baodao.people.models import Membership
from baodao.people.rules.departures import Ending
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.presentations import present_group
from baodao.registration.models import RegistrationStage
from tests import factories
from tests.figures.histories import ACTS, CLERK, START, History, begin
from tests.figures.services import DEEDS, rehang
from tests.world import World

TOUCHED = (
    *("city", "east", "willow_street", "north_street", "willow", "bridge", "north"),
    *("bureau", "first", "second"),
)
"""What the rounds below touch, and what stands above it; the other places count alike."""

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


def touched(world: World) -> World:
    """The places of which a picture is taken."""
    return World({key: world.places[key] for key in TOUCHED})


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


def _rounds(world: World) -> list[list[tuple[str, Aim]]]:
    """Everything that can be done to what the world has, by the key of the organisation, in three
    rounds, because to look at everything takes seconds."""
    bridge, north = world.bridge.pk, world.north.pk
    other = factories.organisation(Kind.UNIT, "区水务局机关党委", world.east, opened_at=START)
    return [
        [
            ("willow", Aim(Reform.MERGED, successor_id=bridge)),
            ("bureau", Aim(Reform.MERGED, successor_id=other.pk)),
        ],
        [
            ("willow", Aim(Reform.SPLIT, successor_id=bridge, shares={world.grid.pk: north})),
            ("first", Aim(Reform.MOVED, parent_id=world.commission.pk)),
        ],
        [
            ("willow", Aim(Reform.RENAMED, name="柳荫新社区")),
            ("willow", Aim(Reform.MOVED, parent_id=world.north_street.pk)),
            ("team", Aim(Reform.MOVED, parent_id=bridge)),
            ("first", Aim(Reform.MERGED, successor_id=world.second.pk)),
            ("willow_street", Aim(Reform.MOVED, parent_id=world.west.pk)),
        ],
    ]


def _emptied(history: History, *names: str) -> None:
    """What stands in the way of dissolving these is seen to: open needs, offers, and members."""
    history.now += timedelta(days=1)
    below = Q()
    for name in names:
        below |= Q(path__startswith=history.world.places[name].path)
    keys = list(Organisation.objects.filter(below).values_list("pk", flat=True))
    with clock.at(history.now):
        for need in Need.objects.filter(community__in=keys, state__in=NEED.live):
            close_need(CLERK, need_id=need.pk, met=False, reason="社区撤销")
        for offer in Offer.objects.filter(community__in=keys, state__in=OFFER.live):
            cancel(CLERK, offer_id=offer.pk, reason="社区撤销")
        for row in Membership.objects.filter(branch__in=keys, closed_at=None):
            day = max(row.from_on, history.now.date())
            end_membership(CLERK, person_id=row.person_id, ending=Ending.LEFT, on=day)


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
    rounds = _rounds(world)
    day = AsOf(history.now)
    before = picture(touched(world), day)
    for place, code in ((world.willow, "hosted_waiting"), (world.city, "claims_live")):
        assert before[place.code, code][0], code
    for aims in rounds:
        acts = [_done(history, name, aim) for name, aim in aims]
        assert picture(touched(world), day) == before, aims
        for act in reversed(acts):
            _undone(history, act)
    assert picture(touched(world), day) == before


def test_no_figure_of_the_day_before_moves_when_something_is_dissolved(history: History) -> None:
    world, day = history.world, AsOf(history.now)
    before = picture(touched(world), day)
    _emptied(history, "willow", "bureau")
    for names in (("willow", "second"), ("bureau",)):
        acts = [_done(history, name, Aim(Reform.DISSOLVED)) for name in names]
        for name in names:
            world.places[name].refresh_from_db()
            assert world.places[name].closed_at is not None
        assert picture(touched(world), day) == before, names
        for act in reversed(acts):
            _undone(history, act)


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

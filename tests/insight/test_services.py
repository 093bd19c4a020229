"""Figures of service: every cell the sum of its rows, open to exactly these, as of any instant, of
any period, whatever part of the chains the tallies hold."""

from datetime import timedelta
from random import Random

import pytest

from baodao.insight.documents import shows
from baodao.insight.models import MonthTally, PersonMonth, Taken
from baodao.insight.queries import (
    Cell,
    ListedPerson,
    ListedRecord,
    Narrowing,
    Row,
    Table,
    behind,
    cell,
    table,
)
from baodao.insight.rules import (
    SERVICE_LEVELS,
    AsOf,
    Period,
    Sheet,
    read_period,
)
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from tests.insight.histories import CLERK, History, begin
from tests.insight.services import DEEDS, slow_services, tally_all
from tests.world import World

PERIODS = ("2026", "2026-H1", "2026-Q2", "2026-04")


def _places(world: World) -> list[Organisation]:
    return [place for place in world.places.values() if place.kind in SERVICE_LEVELS]


def _made(place: Organisation, as_of: AsOf, period: Period) -> Table:
    return table(CLERK, place.code, as_of, Sheet.SERVICE, period)


def _told(world: World, seed: int, acts: int = 150) -> History:
    history = begin(world, seed, people=20)
    history.tell(acts, DEEDS)
    return history


def _cell(made: Table, row: Row | None, metric: str) -> Cell:
    """The cell behind a number, as its link leads there."""
    code, how = made.organisation.code, Narrowing()
    if row is not None and row.person is not None:
        how = Narrowing(person=row.person.number)
    elif row is not None and made.level is Kind.COMMUNITY:
        how = Narrowing() if row.direct else Narrowing(unit=row.code)
    elif row is not None:
        code, how = row.code, Narrowing(direct=row.direct)
    return cell(CLERK, code, metric, made.as_of, how, made.period)


def _check_opens(number: int, opened: Cell) -> None:
    rows = opened.rows(0, 10_000)
    keys = {row.person_id if isinstance(row, ListedPerson) else row.id for row in rows}
    assert opened.count == len(rows) == len(keys)
    assert opened.number == number
    if opened.metric.minutes:
        assert sum(row.minutes for row in rows if isinstance(row, ListedRecord)) == number
    else:
        assert len(rows) == number


def _check_table(place: Organisation, as_of: AsOf, period: Period) -> None:
    made, slow = _made(place, as_of, period), slow_services(place, as_of, period)
    for metric in made.metrics:
        assert made.total[metric] == slow[metric], (place.name, metric, str(as_of), str(period))
        assert made.total[metric] == sum(row.figures[metric] for row in made.rows)
        _check_opens(made.total[metric], _cell(made, None, metric))
        for row in made.rows:
            if shows(made, row, metric):
                _check_opens(row.figures[metric], _cell(made, row, metric))
            else:
                assert row.figures[metric] == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_the_sum_of_its_rows_and_opens_to_exactly_them(
    world: World, seed: int
) -> None:
    history = _told(world, seed)
    dice = Random(seed)
    for instant in (dice.choice(history.instants), history.now + timedelta(seconds=1)):
        as_of = AsOf(instant)
        for place in _places(world):
            _check_table(place, as_of, read_period(dice.choice(PERIODS), as_of))


@pytest.mark.parametrize("seed", [4, 5])
def test_figures_are_the_same_whatever_part_the_tallies_hold(world: World, seed: int) -> None:
    history = _told(world, seed)
    dice = Random(seed)
    moments = [*dice.sample(history.instants, 4), history.now + timedelta(seconds=1)]
    asked = [
        (place, AsOf(instant), read_period(text, AsOf(instant)))
        for place in _places(world)
        for instant in moments
        for text in PERIODS[:3]
    ]

    def totals() -> list[dict[str, int]]:
        return [_made(*one).total for one in asked]

    partly = totals()
    assert behind()
    tally_all()
    assert not behind()
    wholly = totals()
    for model in (MonthTally, PersonMonth, Taken):
        model.objects.all().delete()  # type: ignore[attr-defined]
    assert partly == wholly == totals() == [slow_of(one) for one in asked]


def slow_of(asked: tuple[Organisation, AsOf, Period]) -> dict[str, int]:
    place, as_of, period = asked
    slow = slow_services(place, as_of, period)
    return {metric: slow[metric] for metric in SERVICE_LEVELS[Kind(place.kind)]}

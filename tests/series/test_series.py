"""Series: published once, made ahead, changed for what is to come, ended."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from baodao.kernel import clock, workdays
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.workdays import MAKE_UP
from baodao.notices.models import Notice
from baodao.offers.commands import hours
from baodao.offers.commands import offers as commands
from baodao.series import tasks
from baodao.series.commands.dates import decide_date
from baodao.series.commands.series import end_series, publish_series
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.queries.series import day_note, series_rows
from tests.offers import steps as offered
from tests.registration.browsing import browser, text
from tests.series import steps
from tests.teams import steps as teams
from tests.world import World


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(steps.MONDAY):
        yield


@pytest.fixture
def working_saturday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> date:
    """Offices work on the third Saturday, by the table of one's own."""
    monkeypatch.setattr(workdays.own, "file", tmp_path / "holidays.csv")
    on = date(2027, 3, 20)
    workdays.own.keep({on: True})
    return on


def test_a_day_is_called_what_the_tables_say(working_saturday: date) -> None:
    days = {
        date(2026, 10, 1): "国庆节", date(2026, 10, 3): "国庆节", date(2026, 10, 17): "",
        date(2026, 10, 10): "周末调休上班", working_saturday: "周末调休上班",
    }  # fmt: skip
    assert {on: day_note(on) for on in days} == days


def test_a_year_that_no_table_knows_has_the_holidays_of_every_year() -> None:
    days = {
        date(2028, 1, 1): "元旦", date(2027, 5, 2): "劳动节", date(2027, 10, 1): "国庆节",
        date(2027, 5, 3): "", date(2027, 3, 6): "",
    }  # fmt: skip
    assert {on: day_note(on) for on in days} == days


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).select_related("person", "organisation")
    return sorted(str(row.person.name if row.person else row.organisation) for row in rows)


def test_dates_are_offered_at_once_and_made_ahead_by_night(world: World) -> None:
    series = steps.published(world)
    first = steps.activities(series)
    assert steps.days(series) == [
        "03-06", "03-13", "03-20", "03-27", "04-03", "04-10", "04-17", "04-24",
    ]  # fmt: skip
    assert {offer.state for offer in first} == {"published"}
    assert clock.local(first[1].starts_at).isoformat() == "2027-03-13T09:00:00+08:00"  # type: ignore[arg-type]
    longer = steps.published(world, until_on=date(2027, 12, 31), rhythm="weekday")
    assert steps.days(longer) == ["03-06", "04-03"]
    with clock.at(steps.MONDAY + timedelta(days=30)):
        tasks.write_ahead()
        tasks.write_ahead()
    assert steps.days(longer) == ["03-06", "04-03", "05-01?"]


def test_a_date_on_a_holiday_waits_for_the_word_of_the_community(
    world: World, working_saturday: date
) -> None:
    series = steps.published(world)
    assert steps.days(series)[:4] == ["03-06", "03-13", "03-20?", "03-27"]
    assert told("series-question") == ["柳荫社区"]
    assert Notice.objects.get(kind="series-question").facts["why"] == MAKE_UP
    row, line = series.dates.get(on=working_saturday), "个系列有日期遇到节假日"
    assert line in text(browser(world, "an").get("/today/"))
    for name in ("bao", "fan", "chen"):
        with pytest.raises(Absent):
            decide_date(world.actor(name), date_id=row.pk, takes_place=True)
    an = world.actor("an")
    decide_date(an, date_id=row.pk, takes_place=True)
    assert steps.days(series)[2] == "03-20"
    assert line not in text(browser(world, "an").get("/today/"))
    with pytest.raises(Refused, match=r"series\.settled"):
        decide_date(an, date_id=row.pk, takes_place=False)
    other = steps.published(world)
    decide_date(an, date_id=other.dates.get(on=working_saturday).pk, takes_place=False)
    assert steps.days(other)[2] == "03-20-"
    tasks.write_ahead()
    assert len(steps.days(other)) == 8


def test_a_change_touches_what_is_to_come_and_nobody_changed_by_hand(world: World) -> None:
    series, (chen, other) = steps.published(world), offered.registered(world, 2)
    an = world.actor("an")
    past, near, moved, renamed, widened, cancelled, *_ = steps.activities(series)
    for offer in (past, near, widened):
        offered.claimed(offer, chen, other)
    hours.reschedule(
        an, offer_id=moved.pk, starts_at=offered.hour(21, 14), ends_at=offered.hour(21, 16)
    )
    commands.edit(an, offer_id=renamed.pk, facts=offered.facts(title="清明专场"))
    commands.widen(an, offer_id=widened.pk, places=9)
    commands.cancel(an, offer_id=cancelled.pk, reason="场地检修")
    with clock.at(steps.MONDAY + timedelta(days=6)):
        steps.edited(world, series, place="7号楼前", begins=time(10), ends=time(12), places=5)
        now = steps.activities(series)
    assert [offer.place for offer in now] == [
        "3号楼前", "7号楼前", "3号楼前", "3号楼前", "3号楼前", "3号楼前", "7号楼前", "7号楼前",
    ]  # fmt: skip
    assert [offer.places for offer in now] == [3, 5, 3, 3, 9, 3, 5, 5]
    assert clock.local(now[1].starts_at).hour == 10  # type: ignore[arg-type]
    assert clock.local(now[2].starts_at).hour == 14  # type: ignore[arg-type]
    names = sorted((chen.name, other.name))
    assert told("claim-series-changed") == names
    assert told("offer-rescheduled") == names


def test_another_last_day_makes_more_dates_or_cancels_those_behind_it(world: World) -> None:
    series, chen = steps.published(world), offered.chen(world)
    offered.claimed(steps.activities(series)[6], chen)
    steps.edited(world, series, until_on=date(2027, 4, 10))
    states = [offer.state for offer in steps.activities(series)]
    assert states == ["published"] * 6 + ["cancelled"] * 2
    assert told("offer-cancelled") == ["陈晓宇"]
    later = steps.published(world, until_on=date(2027, 3, 20))
    assert len(steps.days(later)) == 3
    steps.edited(world, later, until_on=date(2027, 4, 3))
    assert len(steps.days(later)) == 5


def test_leaders_are_told_once_that_what_their_team_claimed_changed(world: World) -> None:
    series, (leader, member) = steps.published(world), teams.team(world, 2)
    for offer in steps.activities(series)[:2]:
        teams.claimed(world, offer, leader, member)
    steps.edited(world, series, place="7号楼前")
    assert told("claim-series-changed") == [leader.name]


def test_a_series_made_longer_again_has_its_dates_again(
    world: World, working_saturday: date
) -> None:
    series = steps.published(world)
    steps.edited(world, series, until_on=date(2027, 3, 13))
    assert steps.days(series)[:3] == ["03-06", "03-13", "03-27"]
    assert not series.dates.filter(offer=None).exists()
    steps.edited(world, series)
    assert steps.days(series)[:4] == ["03-06", "03-13", "03-20?", "03-27"]
    assert {offer.state for offer in steps.activities(series)} == {"published"}


def test_a_first_date_of_today_is_offered_until_it_begins(world: World) -> None:
    today = steps.MONDAY.date()
    series = steps.published(world, on=today, begins=time(10), ends=time(11))
    assert steps.days(series)[0] == "03-01"
    with pytest.raises(Refused, match=r"offer\.past"):
        steps.published(world, on=today, begins=time(8), ends=time(11))


def test_what_was_claimed_by_it_stays_and_a_refusal_names_the_day(world: World) -> None:
    series, members = steps.published(world), offered.registered(world, 3)
    offered.claimed(steps.activities(series)[1], *members)
    with pytest.raises(Refused, match=r"series\.approval"):
        steps.edited(world, series, approval=True)
    with pytest.raises(Refused, match="3月13日 3 places are taken"):
        steps.edited(world, series, places=2)


def test_a_series_that_ends_meanwhile_keeps_nobody_from_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends, goes_on = (steps.published(world, until_on=date(2027, 12, 31)) for _ in range(2))
    with clock.at(steps.MONDAY + timedelta(days=21)):
        end_series(world.actor("an"), series_id=ends.pk, reason="人手不够")
        monkeypatch.setattr(tasks, "running", series_rows)
        tasks.write_ahead()
    assert len(steps.days(goes_on)) > len(steps.days(ends))


def test_ending_cancels_what_is_to_come_and_leaves_what_has_been(world: World) -> None:
    series, chen = steps.published(world), offered.chen(world)
    offered.claimed(steps.activities(series)[3], chen)
    with clock.at(steps.MONDAY + timedelta(days=6)):
        with pytest.raises(Refused):
            end_series(world.actor("an"), series_id=series.pk, reason=" ")
        for name in ("bao", "fan", "chen"):
            with pytest.raises(Absent):
                end_series(world.actor(name), series_id=series.pk, reason="人手不够")
        end_series(world.actor("an"), series_id=series.pk, reason="人手不够")
        states = [offer.state for offer in steps.activities(series)]
        assert states == ["published"] + ["cancelled"] * 7
        assert told("offer-cancelled") == ["陈晓宇"]
        with pytest.raises(Refused, match=r"series\.ended"):
            steps.edited(world, series)
        tasks.write_ahead()
    assert len(steps.days(series)) == 8


def test_only_who_works_in_the_community_publishes(world: World) -> None:
    for name in ("bao", "fan", "chen", "deng"):
        actor, facts = world.actor(name), steps.facts()
        with pytest.raises(Absent):
            publish_series(actor, community_id=world.willow.pk, facts=facts)
    with pytest.raises(Refused, match=r"offer\.past"):
        steps.published(world, on=date(2027, 2, 27))
    assert not ActivitySeries.objects.exists()
    assert not SeriesDate.objects.exists()


@pytest.mark.parametrize("year", [26, 2126, 2999])
def test_a_year_that_cannot_be_meant_is_no_series(world: World, year: int) -> None:
    """In the command, whoever sends it, and with its last day in that year alone."""
    on = date(year, 3, 6)
    with pytest.raises(Refused, match=r"offer\.far"):
        steps.published(world, on=on, until_on=on + timedelta(days=28))
    if year > 26:
        with pytest.raises(Refused, match=r"series\.long"):
            steps.published(world, until_on=on)
    assert not ActivitySeries.objects.exists()

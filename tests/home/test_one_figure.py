"""A figure that two pages show is one figure: both pages are opened and compared."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baodao.checklist.rules.reasons import Why
from baodao.kernel import clock
from tests.figures.histories import ACTS, History, begin
from tests.figures.services import DEEDS, ask, tally_all
from tests.world import World

UNIT = "U1001"


@pytest.fixture
def history(world: World) -> History:
    """Members, letters, exemptions, services and needs of three quarters of a year."""
    history = begin(world, 41)
    history.tell(60, ACTS)
    history.tell(60, DEEDS)
    tally_all()
    return history


def _open(client: Client, history: History, name: str, url: str, **fields: str) -> Any:
    client.force_login(history.world.accounts[name])
    response = client.get(url, fields)
    assert response.status_code == 200, url
    return response.context


def test_the_first_page_of_a_unit_and_its_tables_agree(client: Client, history: History) -> None:
    home = _open(client, history, "deng", reverse("home:unit"))
    table = _open(client, history, "deng", reverse("insight:table", args=[UNIT]))["page"].table
    totals, figures = home["totals"], table.total
    told = {
        "members": totals.members,
        "in_service": totals.in_service,
        "living_in_city": totals.living_in_city,
        "registered": totals.registered,
        "waiting": totals.waiting,
        "exempt": totals.exempt + totals.delayed,
        "missing": totals.missing,
    }
    assert told == {code: figures[code] for code in told}
    assert all(figures[code] for code in ("registered", "waiting", "missing")), "nothing to compare"
    services = reverse("insight:service_table", args=[UNIT])
    served = _open(client, history, "deng", services)["page"].table
    by_branch = {row.code: row.figures["minutes"] for row in served.rows}
    for line in home["rows"]:
        assert line.served.minutes == by_branch.get(line.standing.branch.code, 0)


def test_who_is_missing_is_one_number_on_the_first_page_the_check_list_and_the_table(
    client: Client, history: History
) -> None:
    number = reverse("insight:cell", args=[UNIT, "missing"])
    listed = _open(client, history, "deng", number)["listing"].count
    home = _open(client, history, "deng", reverse("home:unit"))
    check_list = _open(client, history, "deng", reverse("checklist:missing"))
    assert listed == home["totals"].missing == check_list["totals"].missing
    (_, missing), (_, besides) = home["reasons"]
    assert listed == sum(count for _, count in missing)
    assert dict(besides)[Why.WAITING]


def test_the_check_list_shows_a_row_for_each_it_counts(client: Client, history: History) -> None:
    check_list = _open(client, history, "deng", reverse("checklist:missing"))
    totals = check_list["totals"]
    assert check_list["listing"].count == totals.missing + totals.accounted_for
    assert totals.accounted_for


def test_needs_are_as_many_and_as_old_on_every_page(client: Client, history: History) -> None:
    for place in (history.world.east, history.world.willow_street):
        overview = _open(client, history, "fan", reverse("insight:overview_of", args=[place.code]))[
            "page"
        ]
        listed = _open(
            client,
            history,
            "fan",
            reverse("insight:service_cell", args=[place.code, "needs_without_help"]),
        )["cell"]
        ages = [row.days for row in listed.rows(0, 1_000)]
        assert overview.total["needs_without_help"] == len(ages)
        assert overview.days == (max(ages) if ages else None)
    board = _open(client, history, "fan", reverse("needs:board"))
    whole = _open(client, history, "fan", reverse("insight:overview"))["page"]
    assert board["counts"].without_help == whole.total["needs_without_help"] > 0
    assert board["counts"].oldest_days == whole.days


def test_a_need_collected_late_yesterday_is_a_day_old_everywhere(
    client: Client, world: World
) -> None:
    """Days are those of the calendar, not of 24 hours."""
    history = begin(world, 42, people=1)
    with clock.at(clock.midnight(clock.today()) - timedelta(minutes=1)):
        ask(history)
    overview = _open(client, history, "fan", reverse("insight:overview"))["page"]
    board = _open(client, history, "fan", reverse("needs:board"))["counts"]
    number = reverse("insight:service_cell", args=[world.east.code, "needs_without_help"])
    (row,) = _open(client, history, "fan", number)["cell"].rows(0, 10)
    assert overview.days == board.oldest_days == row.days == 1


def test_a_community_and_its_table_agree_on_who_is_to_be_received(
    client: Client, history: History
) -> None:
    community = history.world.willow
    table = reverse("insight:table", args=[community.code])
    figures = _open(client, history, "an", table)["page"].table.total
    desk = _open(client, history, "an", reverse("registration:desk"))["listing"]
    assert desk.count == figures["hosted_waiting"]
    services = reverse("insight:service_table", args=[community.code])
    figures = _open(client, history, "an", services)["page"].table.total
    today = _open(client, history, "an", reverse("home:today"))["day"]
    assert today.needs.without_help == figures["needs_without_help"]

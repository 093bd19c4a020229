"""A member's year: drawn on their page and on the page others see, each month with its records."""

import re
from datetime import date, datetime
from html import unescape

import pytest

from baodao.kernel import clock
from tests.ledger.steps import hosted, record
from tests.registration.browsing import browser, text
from tests.world import World

NOW = datetime(2026, 7, 20, 9, tzinfo=clock.ZONE)
MARK = re.compile(r'<a href="([^"]+)" aria-label="([^"]+)" tabindex="-1"><rect')


@pytest.fixture
def here(world: World) -> World:
    """Chen has been received by An's community, and has served in May and July."""
    hosted(world)
    with clock.at(NOW):
        for day, minutes in (
            (date(2026, 5, 9), 60),
            (date(2026, 7, 4), 90),
            (date(2026, 7, 5), 30),
        ):
            record(world, served_on=day, minutes=minutes)
    return world


@pytest.mark.parametrize(
    ("who", "address"), [("chen", "/me/"), ("an", "/persons/{chen}/"), ("deng", "/persons/{chen}/")]
)
def test_each_month_with_hours_opens_its_records(here: World, who: str, address: str) -> None:
    client = browser(here, who)
    with clock.at(NOW):
        page = client.get(address.format(chen=here.people["chen"].pk)).content.decode()
        marks = dict(MARK.findall(page))
        assert [unescape(url).partition("?")[2] for url in marks] == [
            "month=2026-05",
            "month=2026-07",
        ]
        assert "2 小时" in list(marks.values())[1]
        july = text(client.get(unescape(list(marks)[1])))
    assert "2026年7月4日" in july
    assert "2026年7月5日" in july
    assert "2026年5月9日" not in july
    assert "全部记录" in july


def test_a_month_that_is_none_is_refused_in_words(here: World) -> None:
    chen = here.people["chen"].pk
    for who, address in (("chen", "/me/services/"), ("an", f"/records/persons/{chen}/")):
        refused = browser(here, who).get(address, {"month": "July"})
        assert refused.status_code == 409
        assert "July" in refused.content.decode()


def test_who_has_not_served_has_nothing_drawn(world: World) -> None:
    page = browser(world, "chen").get("/me/").content.decode()
    assert "chart-plot" not in page

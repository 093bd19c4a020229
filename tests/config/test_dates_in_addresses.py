"""Every page that takes a day, a month or a year from its address says so when it is none."""

import pytest

from tests.ledger.steps import entry, recorded
from tests.registration.browsing import browser, text
from tests.world import World

WRONG = (
    "9999-12-31", "0001-01-01", "9999-12-31T23:59", "9999-12", "0001-01", "9999", "0000",
    "2026-13", "٢٠٢٦-٠٧", "nonsense", "9" * 3_000,
)  # fmt: skip
DOORS = (
    ("fan", "/tables/?as_of={words}"),
    ("fan", "/tables/service/?period={words}"),
    ("fan", "/tables/service/?as_of={words}"),
    ("deng", "/overview/{bureau}/?as_of={words}"),
    ("fan", "/tables/registration/{street}/?as_of={words}"),
    ("fan", "/tables/service/{street}/?as_of={words}"),
    ("fan", "/tables/service/{street}/?period={words}"),
    ("fan", "/tables/registration/{street}/members/?as_of={words}"),
    ("fan", "/tables/service/{street}/services/?period={words}"),
    ("deng", "/report-tables/{bureau}/implementation/?as_of={words}"),
    ("deng", "/report-tables/{bureau}/implementation/?period={words}"),
    ("deng", "/report-tables/{bureau}/implementation/?first={words}&last=2026-07-01"),
    ("fan", "/reports/received/?period={words}"),
    ("an", "/offers/calendar/?month={words}"),
    ("an", "/offers/calendar/quarter/?month={words}"),
    ("an", "/feedback/?year={words}"),
    ("an", "/records/?month={words}"),
    ("an", "/records/?month={words}&export=xlsx"),
    ("chen", "/me/services/{words}.html"),
    ("chen", "/me/services/{words}.pdf"),
)
EDGES = (
    ("fan", "/tables/service/{street}/?as_of=2000-01-01"),
    ("an", "/offers/calendar/quarter/?month=1900-01"),
    ("an", "/offers/calendar/quarter/?month=2999-12"),
    ("deng", "/report-tables/{bureau}/implementation/?as_of=2000-01-01"),
    ("deng", "/report-tables/{bureau}/implementation/?period=2099-12"),
    ("fan", "/reports/received/?period=2000-H1"),
    ("an", "/offers/calendar/?month=1900-01"), ("an", "/offers/calendar/?month=2999-12"),
    ("fan", "/tables/registration/{street}/?as_of=2000-01-01"), ("an", "/feedback/?year=2999"),
    ("an", "/feedback/?year=1900"), ("chen", "/me/services/2999.html"),
    ("chen", "/me/services/1900.html"),
)  # fmt: skip


def answer(world: World, name: str, address: str, words: str = "") -> tuple[int, str]:
    here = address.format(street=world.willow_street.code, bureau=world.bureau.code, words=words)
    page = browser(world, name).get(here, follow=True)
    return page.status_code, text(page) if "html" in page["Content-Type"] else ""


@pytest.mark.parametrize(("name", "address"), DOORS)
def test_what_is_no_date_is_answered_in_words(world: World, name: str, address: str) -> None:
    chen = world.people["chen"].pk
    assert recorded(world, entry(chen)).refused == []
    for words in WRONG:
        status, page = answer(world, name, address, words)
        if "{words}." in address:
            assert status == 404, words
        elif "/records/" in address:
            assert status == (409 if "export" in address else 200), words
            assert f"“月份或年份”没有“{words[:8]}" in page
        else:
            assert status == 409, words
            assert "不是" in page
            assert words[:8] in page


@pytest.mark.parametrize(("name", "address"), EDGES)
def test_the_first_and_the_last_that_can_be_read_open(
    world: World, name: str, address: str
) -> None:
    chen = world.people["chen"].pk
    assert recorded(world, entry(chen)).refused == []
    assert answer(world, name, address)[0] == 200

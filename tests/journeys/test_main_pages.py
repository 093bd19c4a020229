"""The main pages of every role, on the phone and on the desk, by day and in the dark, of which the
manual has pictures; what everybody must be able to read is looked at in every run by
`test_words_and_sizes.py`."""

import os
from collections.abc import Callable

import pytest

from tests.environment import ROOT
from tests.journeys.seats import SEATS, Seat
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
MOST_PICTURES, LARGEST = 89, 150_000
"""Of the whole manual, and of one picture in bytes."""

PICTURES = pytest.mark.skipif(
    "BAODAO_SCREENSHOTS" not in os.environ, reason="`make screenshots` takes the pictures"
)


@PICTURES
@pytest.mark.journey
@pytest.mark.parametrize(
    ("seat", "device"),
    [
        pytest.param(seat, device, id=f"{'-'.join(seat.pages)}-{device}")
        for seat in SEATS
        for device in seat.devices
    ],
)
def test_a_main_page_is_whole_by_day_and_in_the_dark(walk: Walk, seat: Seat, device: str) -> None:
    walker = walk(device)
    walker.enter(seat.username)
    for name, address in seat.pages.items():
        path, _, link = address.partition(" ")
        walker.open(path)
        if link:
            walker.tap(walker.page.locator(link).first)
        walker.look_in_the_dark()
        walker.picture(seat.picture(name, device))
        assert walker.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), f"{address} is wider than the {device}"


def test_pictures_are_few_and_small() -> None:
    pictures = list((ROOT / "docs" / "manual").rglob("*.png"))
    assert len(pictures) <= MOST_PICTURES
    assert [str(one) for one in pictures if one.stat().st_size > LARGEST] == []

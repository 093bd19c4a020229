"""Instants read the same on every page: the day in the reader's language, hours counted to 24."""

from datetime import datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from baodao.kernel import clock
from baodao.ui.wording import instant_words


@pytest.mark.parametrize(
    ("language", "words", "hour"),
    [("zh-hans", "2026年7月4日 20:05", "20:05"), ("en", "July 4, 2026, 20:05", "20:05")],
)
def test_an_instant_has_no_hours_counted_twice_a_day(language: str, words: str, hour: str) -> None:
    at = datetime(2026, 7, 4, 20, 5, tzinfo=clock.ZONE)
    with override(language):
        assert (instant_words(at), date_format(at, "TIME_FORMAT")) == (words, hour)

"""The pure decisions of offers."""

from datetime import UTC, datetime, timedelta

import pytest

from baodao.kernel.errors import Refused
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import is_open, shifted, when_words

NOON = datetime(2026, 7, 4, 4, tzinfo=UTC)
"""Saturday noon in China."""


def test_a_closed_offer_stays_closed_and_a_past_one_is_not_open() -> None:
    with pytest.raises(Refused, match=r"offer\.closed"):
        OFFER.move("closed", OfferState.PUBLISHED)
    assert is_open("published", NOON, NOON - timedelta(minutes=1))
    assert not is_open("published", NOON, NOON)
    assert not is_open("draft", None, NOON)


def test_offered_again_it_is_the_next_same_weekday_ahead() -> None:
    starts, ends = shifted(NOON, NOON + timedelta(hours=2), NOON + timedelta(weeks=9))
    assert starts == NOON + timedelta(weeks=12)
    assert ends - starts == timedelta(hours=2)
    assert when_words(NOON) == "2026年7月4日 12:00"

"""The pure decisions of offers."""

from datetime import UTC, datetime, timedelta

import pytest

from baodao.kernel.errors import Refused
from baodao.offers.rules.lives import OFFER, OfferState, Recruitment
from baodao.offers.rules.offers import is_open, recruitment_of, shifted, when_words

NOON = datetime(2026, 7, 4, 4, tzinfo=UTC)
"""Saturday noon in China."""


def test_a_closed_offer_stays_closed_and_a_past_one_is_not_open() -> None:
    with pytest.raises(Refused, match=r"offer\.closed"):
        OFFER.move("closed", OfferState.PUBLISHED)
    assert is_open("published", NOON, NOON - timedelta(minutes=1))
    assert not is_open("published", NOON, NOON)
    assert not is_open("draft", None, NOON)


@pytest.mark.parametrize(
    ("begins", "free", "reads"),
    [
        (None, 1, Recruitment.OPEN),
        (None, 0, Recruitment.FULL),
        (1, 2, Recruitment.OPEN),
        (1, 0, Recruitment.FULL),
        (1, -1, Recruitment.FULL),
        (0, 1, Recruitment.BEGUN),
        (-1, 0, Recruitment.BEGUN),
        (-2, 1, Recruitment.OVER),
        (-2, 0, Recruitment.OVER),
    ],
)
def test_what_is_published_reads_as_who_could_still_claim_it(
    begins: int | None, free: int, reads: Recruitment
) -> None:
    starts = None if begins is None else NOON + timedelta(hours=begins)
    ends = starts and starts + timedelta(hours=2)
    assert recruitment_of(starts, ends, free, NOON) is reads


def test_offered_again_it_is_the_next_same_weekday_ahead() -> None:
    starts, ends = shifted(NOON, NOON + timedelta(hours=2), NOON + timedelta(weeks=9))
    assert starts == NOON + timedelta(weeks=12)
    assert ends - starts == timedelta(hours=2)
    assert when_words(NOON) == "2026年7月4日 12:00"

"""What a draft made of a need proposes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from baodao.needs.rules.requests import LONGEST
from baodao.offers.rules.offers import TITLE, proposed_day, title_of


@given(st.text(min_size=4, max_size=LONGEST))
def test_every_text_gives_a_title_that_fits(text: str) -> None:
    assert len(title_of(text)) <= TITLE


def test_a_title_is_the_first_clause() -> None:
    assert title_of("楼道灯坏了，请来修") == "楼道灯坏了"
    assert title_of("，，楼道灯坏了") == "楼道灯坏了"
    assert title_of("长" * 40) == "长" * 29 + "…"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_proposed_day_is_a_saturday_three_to_nine_days_on(today: date) -> None:
    day = proposed_day(today, 3)
    assert day.weekday() == 5
    assert 3 <= (day - today).days <= 9

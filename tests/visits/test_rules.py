"""When a visit is taken, which period counts, and for how long somebody is the contact."""

from datetime import date

import pytest

from baodao.kernel.errors import Refused
from baodao.visits.rules.contacts import ContactTerm, check_term, check_title, period_of
from baodao.visits.rules.visits import VisitWords, bounds_for, check_unchanged, check_words

TODAY = date(2026, 6, 10)
BOUNDS = bounds_for(date(2026, 6, 1), date(2026, 6, 9), date(2026, 5, 27), TODAY)


@pytest.mark.parametrize(
    ("visit", "code"),
    [
        (VisitWords(date(2026, 6, 9), seen="楼道灯坏"), None),
        (VisitWords(date(2026, 6, 1), done="换灯"), None),
        (VisitWords(date(2026, 6, 11), seen="灯"), "visit.future"),
        (VisitWords(date(2026, 5, 31), seen="灯"), "visit.before"),
        (VisitWords(date(2026, 6, 10), seen="灯"), "visit.after"),
        (VisitWords(date(2026, 6, 9), seen="  ", heard="\n"), "visit.empty"),
        (VisitWords(date(2026, 6, 9), explained="长" * 201), "visit.long"),
    ],
)
def test_a_visit_is_of_a_day_on_which_one_was_the_contact(
    visit: VisitWords, code: str | None
) -> None:
    if code is None:
        check_words(visit, BOUNDS)
        return
    with pytest.raises(Refused) as refused:
        check_words(visit, BOUNDS)
    assert refused.value.code == code


def test_a_visit_of_long_ago_is_not_written_down() -> None:
    bounds = bounds_for(date(2026, 1, 1), None, date(2026, 5, 27), TODAY)
    check_words(VisitWords(date(2026, 5, 27), heard="好"), bounds)
    with pytest.raises(Refused, match=r"visit\.late"):
        check_words(VisitWords(date(2026, 5, 26), heard="好"), bounds)


def test_an_id_stays_with_its_words() -> None:
    check_unchanged((1, "a"), (1, "a"))
    with pytest.raises(Refused):
        check_unchanged((1, "a"), (1, "b"))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("community", date(2026, 6, 8), date(2026, 6, 14)),
        ("grid", date(2026, 6, 8), date(2026, 6, 14)),
        ("household", date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_places_are_counted_by_the_week_and_households_by_the_month(
    kind: str, first: date, last: date
) -> None:
    assert period_of(kind, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (ContactTerm(date(2026, 6, 1)), None),
        (ContactTerm(date(2026, 7, 1), date(2026, 7, 1)), None),
        (ContactTerm(date(2025, 6, 1)), "contact.long-ago"),
        (ContactTerm(date(2026, 6, 1), date(2026, 6, 9)), "contact.over"),
        (ContactTerm(date(2026, 7, 2), date(2026, 7, 1)), "contact.over"),
    ],
)
def test_a_contact_begins_near_today_and_is_not_over(term: ContactTerm, code: str | None) -> None:
    if code is None:
        check_term(term, TODAY)
        return
    with pytest.raises(Refused) as refused:
        check_term(term, TODAY)
    assert refused.value.code == code


def test_a_household_is_called_something() -> None:
    assert check_title(" 独居老人 ") == "独居老人"
    with pytest.raises(Refused):
        check_title("  ")

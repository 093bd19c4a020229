"""What may be announced and shared, and whose birthday falls on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from baodao.gatherings.rules.gatherings import (
    GatheringFacts,
    GatheringKind,
    birthdays_on,
    check_gathering,
    check_material,
    check_not_begun,
)
from baodao.kernel.errors import Refused

NOW = datetime(2026, 3, 31, 1, tzinfo=UTC)


def facts(title: str = "党课", spot: str = "三楼", hours: int = 1) -> GatheringFacts:
    return GatheringFacts(GatheringKind.LECTURE, title, NOW + timedelta(hours=hours), spot)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (facts(title=" "), "gathering.title"),
        (facts(spot=""), "gathering.spot"),
        (facts(hours=0), "gathering.over"),
        (facts(hours=-1), "gathering.over"),
    ],
)
def test_what_is_nowhere_about_nothing_or_over_is_not_announced(
    given: GatheringFacts, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_gathering(given, NOW)
    assert refused.value.code == code
    check_gathering(facts(), NOW)


def test_what_has_begun_is_not_cancelled() -> None:
    check_not_begun(NOW + timedelta(minutes=1), NOW)
    with pytest.raises(Refused, match=r"gathering\.begun"):
        check_not_begun(NOW, NOW)


@pytest.mark.parametrize(
    ("title", "text", "link", "code"),
    [
        ("", "读本", "", "material.title"),
        ("读本", " ", "", "material.empty"),
        ("读本", "", "www.12371.cn", "material.link"),
        ("读本", "", "javascript:alert(1)", "material.link"),
        ("读本", "", "https://", "material.link"),
    ],
)
def test_material_says_something_or_leads_to_a_page(
    title: str, text: str, link: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_material(title, text, link)
    assert refused.value.code == code
    check_material("读本", "", "https://www.12371.cn/a")
    check_material("读本", "第一章", "")


@pytest.mark.parametrize(
    ("day", "birthdays"),
    [
        (date(2026, 2, 28), [(2, 28), (2, 29)]),
        (date(2028, 2, 28), [(2, 28)]),
        (date(2028, 2, 29), [(2, 29)]),
        (date(2026, 3, 1), [(3, 1)]),
    ],
)
def test_a_leap_day_is_kept_on_the_last_of_february(
    day: date, birthdays: list[tuple[int, int]]
) -> None:
    assert birthdays_on(day) == birthdays

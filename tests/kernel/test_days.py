"""Days, months and years in an address: read, or refused in words, and never a broken page."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from baodao.kernel.days import month_day, read_day, read_instant, read_month, read_year
from baodao.kernel.errors import Refused

NONE_OF_THEM = (
    "", " ", "nonsense", "9999-12-31", "9999-12", "9999", "0001-01-01", "0001-01", "0000", "0026",
    "-001", "2026-13", "2026-02-30", "2026-7", "２０２６-０７-０１", "٢٠٢٦-٠٧", "２０２６",
    "2026-W01-1", "20260701", "2026-07-01T", "9999-12-31T23:59", "1e4", "9" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("text", NONE_OF_THEM)
@pytest.mark.parametrize("read", [read_day, read_instant, read_month, read_year])
def test_what_is_none_or_too_far_is_refused_and_not_repeated_at_length(
    read: Callable[[str], object], text: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.code.endswith(".unreadable")
    assert len(refused.value.text()) < 120


def test_what_can_be_read() -> None:
    assert read_day("2026-07-01") == date(2026, 7, 1)
    assert read_month("2026-07") == date(2026, 7, 1)
    assert read_year("2026") == 2026
    assert read_instant("2026-07-01T09:00") == datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert read_instant("2026-07-01T09:00+00:00") == datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "words"),
    [("2026-07-04", "7月4日"), ("2027-01-02", "2027年1月2日"), ("2025-12-31", "2025年12月31日")],
)
def test_a_day_of_another_year_is_said_with_its_year(on: str, words: str) -> None:
    assert month_day(date.fromisoformat(on), date(2026, 12, 30)) == words

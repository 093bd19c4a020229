"""A table of public holidays of one's own: read or refused, reckoned with, and missed when due."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from baodao.kernel import clock, workdays
from baodao.kernel.checks import holidays
from baodao.kernel.health import Health
from baodao.kernel.models import JournalEntry
from baodao.kernel.workdays import is_known, is_workday, workday_after
from baodao.notices.commands.complaints import ComplaintDraft, complain
from baodao.operations.command import main
from tests.world import World

NEW_YEAR = date(2027, 1, 1)
TABLE = "2027年放假安排\n日期,安排\n2027-01-01,休\n2027/1/4,放假\n2027年1月9日,班\n\n"


@pytest.fixture(autouse=True)
def _own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays.own, "file", tmp_path / "holidays.csv")
    monkeypatch.setattr(settings, "EMBEDDED", False)


def imported(folder: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    (folder / "table.csv").write_bytes(content)
    main(["holidays", "import", str(folder / "table.csv"), "--json"])
    facts: dict[str, object] = json.loads(capsys.readouterr().out)
    return facts


def test_an_unknown_year_is_told_from_november_on_until_its_table_is_there(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_known(2026)
    with clock.at(datetime(2026, 10, 31, tzinfo=UTC)):
        assert holidays().health is Health.OK
    with clock.at(datetime(2026, 11, 28, tzinfo=UTC)):
        assert (holidays().health, holidays().fact) == (Health.WARN, "缺少 2027 年")
        assert "holidays import" in holidays().advice
        imported(tmp_path, TABLE.encode(), capsys)
        assert holidays().health is Health.OK


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_its_days_stand_before_everything_and_due_days_reckon_with_them(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    assert is_workday(NEW_YEAR), "a Friday of a year that is not known"
    facts = imported(tmp_path, TABLE.encode(encoding), capsys)
    assert (facts["days"], facts["years"]) == (3, [2027])
    assert [is_workday(NEW_YEAR.replace(day=day)) for day in (1, 4, 5, 9, 10)] == [
        False, False, True, True, False,
    ]  # fmt: skip
    assert workday_after(date(2026, 12, 31), 1) == date(2027, 1, 5)
    with clock.at(datetime(2026, 12, 31, 4, tzinfo=UTC)):
        complaint = complain(
            world.actor("gu"), organisation=world.willow, draft=ComplaintDraft("灯坏了")
        )
    assert complaint.due_on == date(2027, 1, 9)
    assert JournalEntry.objects.get(verb="holidays.imported").facts["years"] == ["2027"]


def test_another_year_s_table_leaves_the_first_and_the_same_year_s_replaces_it(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, TABLE.encode(), capsys)
    imported(tmp_path, "2028-01-03,休\n".encode(), capsys)
    imported(tmp_path, "2027-02-05,休\n".encode(), capsys)
    assert main(["holidays", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["own"] == {"2027-02-05": "free", "2028-01-03": "free"}
    assert main(["holidays", "show"]) == 0
    assert "2027-02-05 放假" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("2027-01-01,休\n2027-13-01,休\n", "2"), ("2027-13-01,休\n", "1"),
        ("2027-01-01,休\n2027-01-01,班\n", "2"), ("2027-01-01,maybe\n", "1"),
        ("2027-01-01,休\n2027年1月,休\n", "2"), ("2027-01-01,休\n随便\n", "2"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_day_refuses_the_table_and_is_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, row: str
) -> None:
    refused = imported(tmp_path, content.encode(), capsys)["refused"]
    assert isinstance(refused, dict)
    assert refused["reason"] == "holidays.row"
    assert f"第 {row} 行" in refused["message"]
    assert not (tmp_path / "holidays.csv").exists()


def test_a_file_without_a_day_is_refused(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = imported(tmp_path, "日期,安排\n".encode(), capsys)["refused"]
    assert isinstance(refused, dict)
    assert refused["reason"] == "holidays.empty"


def test_a_kept_file_that_somebody_broke_stops_nothing_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "holidays.csv").write_text("2026-10-01;frei\n")
    assert not is_workday(date(2026, 10, 1))
    with clock.at(datetime(2026, 10, 1, tzinfo=UTC)):
        assert holidays().health is Health.FAIL

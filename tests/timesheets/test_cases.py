"""Small tables of services as communities keep them: each as it is, and the right value of it."""

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.operations.command import main
from baodao.people.models import Person
from baodao.registration.commands import arrivals, letters, presentations
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import judge
from tests import factories
from tests.registration.browsing import text
from tests.timesheets.test_pages import page, sent
from tests.world import World

CASES = Path(__file__).with_name("cases")
NAMES = (
    *("乐华", "史云舒", "戴萍", "余承志", "秦天宇", "钱宇", "薛敏", "卢淑芬", "解志军", "姚知行"),
    *("于明哲", "林小琳", "薛泽宇", "郭晓东", "黎玉兰", "姜梅", "周爱华", "廖志娜", "张宛如"),
    *("仇小毅", "秦磊", "秦磊"),
)
PHONE = "19900000064"
"""Of the second 秦磊."""
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def people(world: World) -> list[Person]:
    """Everybody of the tables, registered in An's community; today is after their days."""
    members = [
        factories.member(name, world.first, home_community=world.willow) for name in NAMES[:-1]
    ]
    members.append(factories.member("秦磊", world.first, home_community=world.willow, phone=PHONE))
    deng, an = world.actor("deng"), world.actor("an")
    batch = letters.issue_letters(deng, person_ids=[one.pk for one in members])
    presented = presentations.present_group(deng, registration_ids=[one.pk for one in batch.done])
    arrivals.accept(an, registration_ids=[one.pk for one in presented.done])
    return members


@pytest.fixture
def run(
    world: World, people: list[Person], capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> Run:
    """`baodao ledger import` on one of the files, as it answers in JSON."""
    monkeypatch.setattr(settings, "EMBEDDED", False)

    def command(name: str, *options: str) -> dict[str, Any]:
        [file] = CASES.glob(f"{name}_*.xlsx")
        arguments = ["ledger", "import", str(file), "--community", world.willow.code, *options]
        with clock.at(clock.end_of(date(2026, 11, 28))):
            assert main([*arguments, "--json"]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return command


def told(answer: dict[str, Any]) -> list[tuple[int, str]]:
    return [(one["row"], one["kind"]) for one in answer["problems"]]


def recorded(answer: dict[str, Any]) -> list[tuple[str, int]]:
    """Names and minutes in the order of the chain; nobody is recorded but whom it counts."""
    rows = ServiceRecord.objects.order_by("seq").select_related("person")
    services = [(row.person.name, row.minutes) for row in rows]
    assert len(services) == answer["recorded"] == answer["good"]
    return services


def test_s01_several_known_names_in_a_cell_are_these_people(run: Run) -> None:
    answer = run("s01", "--apply", "good")
    names = [name for name, _ in recorded(answer)]
    assert names == [*NAMES[:9], "于明哲"]
    assert told(answer) == [(6, "several")]
    assert "一人一行" in answer["problems"][0]["message"]


def test_s02_the_heading_says_that_numbers_are_hours(run: Run) -> None:
    answer = run("s02", "--apply", "good")
    assert recorded(answer) == [
        *(("乐华", 120), ("史云舒", 90), ("钱宇", 90), ("于明哲", 90), ("林小琳", 150)),
        *(("薛泽宇", 150), ("郭晓东", 120), ("黎玉兰", 150), ("姜梅", 120), ("周爱华", 120)),
        ("廖志娜", 90),
    ]
    assert told(answer) == [
        *((4, "time-days"), (5, "time-days"), (6, "time-days")),
        *((8, "time-over-day"), (9, "time-over-day"), (10, "time-part"), (11, "time-part")),
        *((20, "time"), (21, "time-over-day")),
    ]
    [asked] = [one["message"] for one in answer["problems"] if one["row"] == 9]
    assert "按 30 小时理解，一天只有 24 小时" in asked


def test_s02_what_is_asked_counts_once_somebody_says_how(run: Run) -> None:
    accept = ("--accept", "time-days", "--accept", "time-part", "--accept", "time-over-day")
    answer = run("s02", "--apply", "good", *accept)
    services = dict(recorded(answer))
    assert [services[name] for name in ("戴萍", "余承志", "秦天宇")] == [240, 240, 480]
    assert [services[name] for name in ("解志军", "姚知行")] == [180, 360]
    assert [services[name] for name in ("薛敏", "卢淑芬", "仇小毅")] == [120, 30, 480]


def test_s04_every_sheet_is_read_and_totals_are_no_problems(run: Run) -> None:
    answer = run("s04", "--apply", "good")
    assert [name for name, _ in recorded(answer)] == [*NAMES[:5]]
    assert (answer["rows"], answer["problems"]) == (5, [])
    left = {one["kind"]: (one["sheet"], one["where"]) for one in answer["leftovers"]}
    assert left == {"rows-above": ("3月", "1"), "rows-margin": ("3月", "5、7–9")}


def test_s05_merged_cells_hold_for_the_people_beside_them(run: Run) -> None:
    answer = run("s05", "--apply", "good")
    minutes = [("乐华", 120), ("史云舒", 120), ("戴萍", 120), ("余承志", 180), ("秦天宇", 60)]
    assert recorded(answer) == minutes
    rows = ServiceRecord.objects.order_by("seq")
    assert [row.served_on.day for row in rows] == [8, 8, 8, 9, 9]
    assert [row.result for row in rows] == ["清理河道"] * 3 + ["义诊"] * 2


def test_s06_marks_are_no_obstacle_and_namesakes_are_asked_about(run: Run) -> None:
    answer = run("s06", "--apply", "good")
    assert recorded(answer) == [("薛敏", 120), ("卢淑芬", 120)]
    assert told(answer) == [(2, "namesakes"), (3, "other-number"), (4, "unknown")]


def test_s06_a_telephone_or_its_end_says_which_namesake_is_meant(
    world: World, people: list[Person]
) -> None:
    workbook = openpyxl.load_workbook(CASES / "s06_who.xlsx")
    sheet = workbook.worksheets[0]
    for phone in (PHONE[-4:], PHONE, int(PHONE)):
        sheet["B3"] = phone
        out = BytesIO()
        workbook.save(out)
        with clock.at(clock.end_of(date(2026, 11, 28))):
            found = judge(world.actor("an"), world.willow, out.getvalue())
        [second] = [one for one in found.services if one.row.row == 3]
        assert second.person == people[-1]


def test_s07_day_and_hours_may_stand_in_one_cell(run: Run) -> None:
    answer = run("s07", "--apply", "good")
    assert recorded(answer) == [("乐华", 150), ("史云舒", 150), ("戴萍", 120)]
    hours = [clock.local(row.began_at) for row in ServiceRecord.objects.all() if row.began_at]
    assert {(one.date(), one.hour) for one in hours} == {(date(2026, 10, 12), 9)}


def test_s11_the_number_of_another_is_never_recorded_for_a_namesake(
    run: Run, people: list[Person]
) -> None:
    answer = run("s11", "--apply", "good")
    assert told(answer) == [(2, "other-number"), (3, "identity")]
    assert recorded(answer) == [("秦磊", 120)]
    assert ServiceRecord.objects.get().person == people[-1]


def test_s12_the_heading_says_that_numbers_are_minutes(run: Run) -> None:
    assert recorded(run("s12", "--apply", "good")) == [("史云舒", 20)]


def test_the_page_shows_what_will_be_beside_what_is_left_out(
    world: World, people: list[Person]
) -> None:
    content = (CASES / "s02_durations_headed_hours.xlsx").read_bytes()
    with clock.at(clock.end_of(date(2026, 11, 28))):
        answer = text(sent(world, "an", "all", file=SimpleUploadedFile("s02.xlsx", content)))
        assert "11 条服务可以登记" in answer
        assert "读到 20 行 = 11 行可以登记 + 8 行待确认 + 1 行不登记" in answer
        assert "21 小时 30 分钟" in answer
        assert "3 个按天写的时长，半天计一半，一天计：" in answer
        assert "3 个标着小时的数超过 24" in answer
        assert ServiceRecord.objects.count() == 0
        upload = RecordImport.objects.get()
        answer = text(sent(world, "an", "columns", upload.pk, minutes="1"))
        assert "读到 20 行 = 14 行可以登记 + 5 行待确认 + 1 行不登记" in answer
        assert "32 小时" in answer
        answer = text(sent(world, "an", "columns", upload.pk, hours="1"))
        assert "读到 20 行 = 11 行可以登记 + 8 行待确认 + 1 行不登记" in answer
        sent(world, "an", "columns", upload.pk, minutes="1")
        done = sent(world, "an", "apply", upload.pk, accept=["time-days"])
        assert "已登记 17 条服务" in text(done)
        assert page(world, "bao", "timesheet", upload.pk).status_code == 404
    assert sum(ServiceRecord.objects.values_list("minutes", flat=True)) == 32 * 60 + 960


SUMS = {
    "s01": (6, 5, 10, "20 小时"),
    "s02": (20, 11, 11, "21 小时 30 分钟"),
    "s04": (5, 5, 5, "11 小时"),
    "s05": (5, 5, 5, "10 小时"),
    "s06": (5, 2, 2, "4 小时"),
    "s07": (3, 3, 3, "7 小时"),
    "s11": (3, 1, 1, "2 小时"),
    "s12": (1, 1, 1, "20 分钟"),
}
"""Of each file: rows, good ones, services and how long these are together."""
SUM = re.compile(r"读到 (\d+) 行 = (\d+) 行可以登记 \+ (\d+) 行待确认 \+ (\d+) 行不登记")


@pytest.mark.parametrize("name", SUMS)
def test_the_page_shows_the_right_sums(world: World, people: list[Person], name: str) -> None:
    rows, good, services, time = SUMS[name]
    [file] = CASES.glob(f"{name}_*")
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    with clock.at(clock.end_of(date(2026, 11, 28))):
        answer = text(sent(world, "an", "all", file=upload))
    assert f"{services} 条服务可以登记" in answer
    [sums] = SUM.findall(answer)
    read, fine, waiting, out = map(int, sums)
    assert (read, fine, fine + waiting + out) == (rows, good, rows)
    assert f">{time}<" in answer


def test_every_file_has_its_right_value() -> None:
    assert {file.name.split("_")[0] for file in CASES.iterdir()} == set(SUMS)

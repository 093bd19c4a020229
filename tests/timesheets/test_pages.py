"""The pages of tables of services, each with who may open it and who may not."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from baodao.ledger.models import ServiceRecord
from baodao.timesheets.models import RecordImport
from tests.ledger.steps import hosted
from tests.registration.browsing import browser, text
from tests.timesheets.test_imports import row, workbook
from tests.world import World


@pytest.fixture
def here(world: World) -> World:
    """Chen has been received by An's community."""
    hosted(world)
    return world


def page(world: World, who: str, name: str, *args: object, **query: str) -> HttpResponse:
    return browser(world, who).get(reverse(f"timesheets:{name}", args=args), query)


def sent(world: World, who: str, name: str, *args: object, **body: object) -> HttpResponse:
    return browser(world, who).post(reverse(f"timesheets:{name}", args=args), body, follow=True)


def imported(world: World) -> RecordImport:
    file = SimpleUploadedFile("七月.xlsx", workbook(row(), row("某某人")))
    answer = sent(world, "an", "all", file=file)
    assert "1 条服务可以登记" in text(answer)
    assert "本社区没有登记这个姓名的党员" in text(answer)
    return RecordImport.objects.get()


def test_a_table_is_looked_at_then_recorded_once(here: World) -> None:
    held = imported(here)
    assert ServiceRecord.objects.count() == 0
    for who in ("bao", "deng", "chen"):
        assert page(here, who, "timesheet", held.pk).status_code == 404
        assert sent(here, who, "apply", held.pk).status_code == 404
    answer = sent(here, "an", "apply", held.pk)
    assert "已登记 1 条服务" in text(answer)
    assert "已登记过" in text(sent(here, "an", "apply", held.pk))
    assert ServiceRecord.objects.count() == 1


def test_remarks_stand_beside_the_rows_and_the_template_is_understood(here: World) -> None:
    held = imported(here)
    answer = page(here, "an", "remarks", held.pk)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    lines = [[str(cell.value) for cell in line] for line in sheet.iter_rows()]
    [wrong] = [line for line in lines if "某某人" in line]
    assert "本社区没有登记这个姓名的党员" in wrong[-1]
    template = page(here, "an", "template").content
    file = SimpleUploadedFile("模板.xlsx", template)
    assert "0 条服务可以登记" in text(sent(here, "an", "all", file=file))


def test_a_file_that_is_no_table_is_refused_beside_the_field(here: World) -> None:
    answer = sent(here, "an", "all", file=SimpleUploadedFile("x.xlsx", b"\x00\x01no table"))
    assert answer.status_code == 422
    assert RecordImport.objects.count() == 0


def test_a_fault_of_a_whole_column_is_told_once_with_all_its_rows(here: World) -> None:
    wrong = [row(f"党员{n}", 日期=f"2026-07-{n:02}", 时长="36小时") for n in range(10, 20)]
    file = SimpleUploadedFile("时长.xlsx", workbook(*wrong, row("某某人")))
    answer = text(sent(here, "an", "all", file=file))
    assert answer.count("超过了一天") == 1
    assert "该列有 10 行如此" in answer
    assert "3–12" in answer
    assert "某某人" in answer

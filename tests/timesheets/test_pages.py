"""The pages of tables of services, each with who may open it and who may not."""

import html
import re
from datetime import date, timedelta
from functools import partial
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from baodao.accounts.models import Grant
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.timesheets import commands, tasks
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries import sheets
from baodao.timesheets.rules.timesheet import TimesheetState
from baodao.vocabulary.models import TableWord
from tests.jobs import job_context
from tests.ledger.steps import colleague, hosted
from tests.registration.browsing import browser, text
from tests.timesheets.test_imports import row, workbook
from tests.world import World

FIELD = re.compile(r'<td data-label="文件中的列">([^<]*)</td>.*?name="(column-\d+)"', re.DOTALL)
"""A column of the page on which it is said what columns hold, and its field."""


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
    file = SimpleUploadedFile("七月.xlsx", workbook(row(), row("路长河")))
    answer = sent(world, "an", "all", file=file)
    assert "1 条服务可以登记" in text(answer)
    assert "本社区没有登记这个姓名的党员" in text(answer)
    return RecordImport.objects.latest("created_at")


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


@pytest.mark.parametrize(
    ("busy", "over"),
    [
        (TimesheetState.READING, TimesheetState.READ),
        (TimesheetState.APPLYING, TimesheetState.APPLIED),
        (TimesheetState.READING, TimesheetState.REFUSED),
    ],
)
def test_a_long_job_answers_its_page_with_its_part_until_the_end_with_a_whole_page(
    here: World, busy: str, over: str
) -> None:
    held = imported(here)
    an, there = browser(here, "an"), reverse("timesheets:timesheet", args=[held.pk])
    polled = partial(an.get, there, headers={"HX-Request": "true"})
    RecordImport.objects.update(state=busy)
    assert polled().content.decode().strip().startswith('<div class="card" id="progress"')
    assert 'id="progress"' in an.get(there).content.decode()
    RecordImport.objects.update(state=over)
    end = polled().content.decode()
    assert ("<!doctype html>" in end, "data-job" in end) == (True, False)


def test_a_table_that_is_only_asked_about_has_no_button_that_records_nothing(here: World) -> None:
    head = ("姓名", "日期", "时长（小时）")
    file = SimpleUploadedFile("九月.xlsx", workbook(("陈晓宇", "2026-07-04", "36"), head=head))
    answer = sent(here, "an", "all", file=file)
    asks = text(answer)
    assert [words in asks for words in ("这一列是分钟", "勾选", "登记 0")] == [True, False, False]
    asked = RecordImport.objects.latest("created_at")
    again = text(sent(here, "an", "columns", asked.pk, minutes="1"))
    assert ("登记 1 条服务" in again, "勾选" in again) == (True, False)


def test_after_a_tap_small_numbers_are_agreed_on_as_minutes_and_not_before(here: World) -> None:
    head, times = ("姓名", "日期", "时长（小时）"), ("36", "20", "2.5")
    rows = [("陈晓宇", f"2026-07-{day:02}", time) for day, time in enumerate(times, start=4)]
    file = SimpleUploadedFile("九月.xlsx", workbook(*rows, head=head))
    agreed = "小时列里 1 个不大于 24 的整数，也是分钟"
    assert agreed not in text(sent(here, "an", "all", file=file))
    asked = RecordImport.objects.latest("created_at")
    again = text(sent(here, "an", "columns", asked.pk, minutes="1"))
    assert "大于 24 的数按分钟读取，是您说明的；不大于 24 的整数在下面确认" in again
    assert agreed in again


HEAD = ("姓名", "日期", "时长")


def test_the_order_of_day_and_month_is_a_tap_that_can_be_taken_back(here: World) -> None:
    table = workbook(("陈晓宇", "4/8/2026", "2小时"), head=HEAD)
    with clock.at(clock.end_of(date(2026, 11, 28))):
        asks = text(sent(here, "an", "all", file=SimpleUploadedFile("八月.xlsx", table)))
        offered = ["是2026年8月4日" in asks, "是2026年4月8日" in asks, "勾选" in asks]
        assert ("0 条服务可以登记" in asks, offered) == (True, [True, True, False])
        asked = RecordImport.objects.latest("created_at")
        assert sent(here, "an", "columns", asked.pk, dates="long|sideways").status_code == 404
        read = text(sent(here, "an", "columns", asked.pk, dates="long|day"))
        assert "“4/8/2026”按2026年8月4日读取，是您说明的。" in read
        assert ("登记 1 条服务" in read, "是2026年4月8日" in read) == (True, True)
        other = text(sent(here, "an", "columns", asked.pk, dates="long|month"))
    assert "“4/8/2026”按2026年4月8日读取，是您说明的。" in other


def test_remarks_stand_beside_the_rows_and_the_template_is_understood(here: World) -> None:
    held = imported(here)
    answer = page(here, "an", "remarks", held.pk)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    lines = [[str(cell.value) for cell in line] for line in sheet.iter_rows()]
    [wrong] = [line for line in lines if "路长河" in line]
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
    file = SimpleUploadedFile("时长.xlsx", workbook(*wrong, row("路长河")))
    answer = text(sent(here, "an", "all", file=file))
    assert answer.count("超过了一天") == 1
    assert "该列有 10 行如此" in answer
    assert "3–12" in answer
    assert "路长河" in answer


def columns_said(
    world: World, upload: RecordImport, who: str = "an", **meanings: str
) -> HttpResponse:
    """The columns with these labels were said to hold these facts, to be remembered."""
    form = text(page(world, who, "columns", upload.pk))
    found = FIELD.findall(form)
    fields = {html.unescape(title).partition("（")[0]: name for title, name in found}
    body = dict.fromkeys(fields.values(), "") | {"form": "1", "remember": "1"}
    body |= {fields[label.replace("_", " ")]: fact for label, fact in meanings.items()}
    before = re.findall(r'name="before" value="([^"]*)"', form)
    return sent(world, who, "columns", upload.pk, before=html.unescape(before[0]), **body)


def test_columns_are_said_on_a_page_where_headings_are_missing_and_remembered(here: World) -> None:
    rows = (("陈晓宇", "2026-07-04", "1.5小时", "9"), ("陈晓宇", "2026-07-05", "2小时", "8"))
    book = workbook(*rows, head=("姓名", "某日", "多久", "满意度"))
    file = SimpleUploadedFile("七月.xlsx", book)
    refused = text(sent(here, "an", "all", file=file))
    assert "服务日期、服务时长" in refused
    assert "指明各列内容" in refused
    upload = RecordImport.objects.get()
    assert "服务日期、服务时长" in text(page(here, "an", "columns", upload.pk))
    answer = columns_said(here, upload, 姓名="name", 某日="day", 多久="time")
    assert "2 条服务可以登记" in text(answer)
    taught = dict(TableWord.objects.values_list("word", "meaning"))
    assert taught == {"某日": "day", "多久": "time"}
    again = SimpleUploadedFile("八月.xlsx", book)
    assert "2 条服务可以登记" in text(sent(here, "an", "all", file=again))
    for who in ("bao", "deng", "chen"):
        assert page(here, who, "columns", upload.pk).status_code == 404


def test_columns_stand_in_the_order_of_the_file(here: World) -> None:
    for head in (("志愿服务编号", "姓名", "日期", "时长"), ("志愿服务编号", "某日", "姓名")):
        file = SimpleUploadedFile("七月.xlsx", workbook(("", "", ""), head=head))
        sent(here, "an", "all", file=file)
        form = text(page(here, "an", "columns", RecordImport.objects.latest("created_at").pk))
        assert tuple(title for title, _name in FIELD.findall(form)) == head


def test_a_table_without_any_heading_is_read_by_the_places_of_its_columns(here: World) -> None:
    out = BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "七月"
    book.active.append(("陈晓宇", "2026-07-04", "1.5小时"))
    book.active.append(("陈晓宇", "2026-07-05", "2小时"))
    book.save(out)
    sent(here, "an", "all", file=SimpleUploadedFile("七月.xlsx", out.getvalue()))
    upload = RecordImport.objects.get()
    said = {"七月_A列": "name", "七月_B列": "day", "七月_C列": "time"}
    assert "2 条服务可以登记" in text(columns_said(here, upload, **said))
    assert not TableWord.objects.exists()


def test_every_service_person_and_row_left_out_stands_in_a_list(here: World) -> None:
    good = [row(日期=f"2026-06-{n:02}") for n in range(1, 31)]
    good += [row(日期=f"2026-05-{n:02}") for n in range(1, 31)]
    wrong = [row(f"某某{n}", 时长="36小时") for n in "甲乙丙丁戊己庚辛壬癸"]
    file = SimpleUploadedFile("六月.xlsx", workbook(*good, *wrong))
    assert "某某癸" not in text(sent(here, "an", "all", file=file))
    upload = RecordImport.objects.get()
    assert "某某癸" in text(page(here, "an", "left_out", upload.pk))
    listed = page(here, "an", "left_out", upload.pk, export="xlsx")
    assert openpyxl.load_workbook(BytesIO(listed.content)).active.max_row >= 11
    assert "60 条" in text(page(here, "an", "services", upload.pk))
    assert "第 2 页，共 2 页" in text(page(here, "an", "services", upload.pk, page="2"))
    assert "90 小时" in text(page(here, "an", "people", upload.pk))
    for name in ("services", "people", "left_out"):
        assert page(here, "bao", name, upload.pk).status_code == 404


def test_a_long_table_is_read_and_recorded_by_the_worker(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 10)
    file = SimpleUploadedFile("七月.xlsx", workbook(row(), row("路长河")))
    assert "文件等待读取" in text(sent(here, "an", "all", file=file))
    upload = RecordImport.objects.get()
    tasks.read_timesheet(job_context(), str(upload.pk))
    assert "1 条服务可以登记" in text(page(here, "an", "timesheet", upload.pk))
    assert "正在登记" in text(sent(here, "an", "apply", upload.pk))
    assert ServiceRecord.objects.count() == 0
    for _ in range(2):
        tasks.apply_timesheet(job_context(), str(upload.pk))
    assert "已登记 1 条服务" in text(page(here, "an", "timesheet", upload.pk))
    assert "已登记 1 条服务" in text(page(here, "an", "all"))
    assert ServiceRecord.objects.count() == 1


def test_a_table_that_fails_for_a_fault_of_ours_ends_with_words_and_may_be_tried_again(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 10)
    sent(here, "an", "all", file=SimpleUploadedFile("七月.xlsx", workbook(row())))
    upload = RecordImport.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(commands, "report_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.read_timesheet(job_context(3), str(upload.pk))
    answer = text(page(here, "an", "timesheet", upload.pk))
    assert "系统出错" in answer
    assert "重新读取" in answer
    sent(here, "an", "columns", upload.pk)
    tasks.read_timesheet(job_context(), str(upload.pk))
    sent(here, "an", "apply", upload.pk)
    tasks.apply_timesheet(job_context(4), str(upload.pk))
    assert "系统出错" in text(page(here, "an", "timesheet", upload.pk))
    sent(here, "an", "apply", upload.pk)
    tasks.apply_timesheet(job_context(), str(upload.pk))
    answer = text(page(here, "an", "timesheet", upload.pk))
    assert "已登记 1 条服务" in answer
    assert "系统出错" not in answer


@pytest.mark.parametrize("watched", [1, 1_000])
def test_a_long_table_is_cancelled_while_it_is_read_and_at_its_very_end(
    here: World, monkeypatch: pytest.MonkeyPatch, watched: int
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 10)
    monkeypatch.setattr(sheets, "WATCHED", watched)
    sent(here, "an", "all", file=SimpleUploadedFile("七月.xlsx", workbook(row())))
    upload = RecordImport.objects.get()
    RecordImport.objects.update(state=TimesheetState.READING)
    assert "已取消" in text(sent(here, "an", "cancel", upload.pk))
    tasks.read_timesheet(job_context(), str(upload.pk))
    upload.refresh_from_db()
    assert (upload.state, upload.file_sealed) == (TimesheetState.CANCELLED, None)


def test_a_table_is_forgotten_by_no_refusal_for_rights_and_read_for_a_colleague(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague(here)
    monkeypatch.setattr(commands, "READ_AT_ONCE", 10)
    sent(here, "an", "all", file=SimpleUploadedFile("七月.xlsx", workbook(row())))
    upload = RecordImport.objects.get()
    Grant.objects.filter(account=here.accounts["an"]).update(revoked_at=clock.now())
    tasks.read_timesheet(job_context(), str(upload.pk))
    upload.refresh_from_db()
    assert upload.state == TimesheetState.REFUSED
    told = text(page(here, "ai", "timesheet", upload.pk))
    assert "重新读取" in told
    answer = text(sent(here, "ai", "columns", upload.pk))
    assert "文件等待读取" in answer
    assert "已按所选的列重新读取" not in answer
    tasks.read_timesheet(job_context(), str(upload.pk))
    assert "1 条服务可以登记" in text(page(here, "ai", "timesheet", upload.pk))


def test_a_colleague_who_says_what_columns_hold_has_the_table_read(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague(here)
    monkeypatch.setattr(commands, "READ_AT_ONCE", 10)
    table = workbook(("陈晓宇", "2026-07-04", "1小时"), head=("姓名", "某日", "多久"))
    sent(here, "an", "all", file=SimpleUploadedFile("七月.xlsx", table))
    upload = RecordImport.objects.get()
    tasks.read_timesheet(job_context(), str(upload.pk))
    Grant.objects.filter(account=here.accounts["an"]).update(revoked_at=clock.now())
    columns_said(here, upload, who="ai", 姓名="name", 某日="day", 多久="time")
    tasks.read_timesheet(job_context(), str(upload.pk))
    assert "1 条服务可以登记" in text(page(here, "ai", "timesheet", upload.pk))


def test_a_table_refused_or_cancelled_after_it_was_read_tells_nothing_of_people(
    here: World,
) -> None:
    upload = imported(here)
    answer = columns_said(here, upload, 姓名="name")
    assert "已按所选的列重新读取" not in text(answer)
    assert "路长河" not in text(answer)
    upload.refresh_from_db()
    assert (upload.state, upload.lines) == (TimesheetState.REFUSED, {})
    TableWord.objects.all().delete()
    other = imported(here)
    sent(here, "an", "cancel", other.pk)
    other.refresh_from_db()
    assert (other.lines, other.problems, other.leftovers) == ({}, [], [])
    assert other.report == {"counts": other.report["counts"]}


def test_a_table_is_cancelled_from_its_page_also_when_nothing_in_it_can_be_recorded(
    here: World,
) -> None:
    file = SimpleUploadedFile("七月.xlsx", workbook(row("路长河")))
    upload = sent(here, "an", "all", file=file)
    held = RecordImport.objects.get()
    assert reverse("timesheets:cancel", args=[held.pk]) in upload.content.decode()
    held = imported(here)
    answer = page(here, "an", "timesheet", held.pk).content.decode()
    assert reverse("timesheets:cancel", args=[held.pk]) in answer


def test_a_table_that_nobody_recorded_in_time_keeps_how_many_and_not_who(here: World) -> None:
    upload = imported(here)
    with clock.at(clock.now() + timedelta(days=31)):
        assert commands.forget_uploads() == 1
    upload.refresh_from_db()
    assert (upload.lines, upload.problems, upload.leftovers) == ({}, [], [])
    assert upload.report == {"counts": upload.report["counts"]}
    assert "文件已不再保存" in text(page(here, "an", "timesheet", upload.pk))


def test_the_list_of_tables_and_the_progress_of_one_fetch_no_file(
    here: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    upload = imported(here)
    RecordImport.objects.update(state=TimesheetState.READING)
    for address in ((), (upload.pk,)):
        with django_assert_max_num_queries(60) as queries:
            page(here, "an", "timesheet" if address else "all", *address)
        fetched = [one["sql"] for one in queries.captured_queries if "file_name" in one["sql"]]
        assert fetched
        assert not [sql for sql in fetched if "file_sealed" in sql or "lines" in sql]

"""The tables that are handed up: declared as data, right at every level, opened, issued, kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import cast

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from baodao.insight.models import IssuedTable
from baodao.insight.queries.numbers import Narrowing, open_number
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, Period, read_period, weeks_until
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.queries.papers import item
from baodao.reporttables.queries.tables import ReportTable, report_table
from baodao.reporttables.rules.catalogue import BY_CODE, TABLES
from baodao.reporttables.rules.declarations import ColumnDeclaration, RowsOf, check_declaration
from baodao.reporttables.rules.formulas import metric_formula, share_formula
from tests.figures.deeds import MORE_DEEDS
from tests.figures.histories import CLERK, History, begin
from tests.world import World

PLACES = ("city", "east", "willow_street", "willow", "bureau", "first")
LEFT_OUT = {"home_unknown"}
"""Of whom a column says nothing, for nobody knows: the note tells how many."""
OPENED = re.compile(r'<a href="(/tables/service/[^"]+)">([\d.,]+)</a>')
HEADLINE = re.compile(r"<h1>[^<]*：([\d.]+)</h1>")


@pytest.fixture
def history(world: World) -> History:
    story = begin(world, 7, people=20)
    story.tell(200, MORE_DEEDS)
    return story


def _now(history: History) -> AsOf:
    return AsOf(history.now + timedelta(seconds=1))


def _told(history: History, *periods: str) -> Iterator[tuple[Organisation, ReportTable]]:
    """Every declared table at every place of the drawn world that has it, of these periods."""
    as_of = _now(history)
    for name in PLACES:
        place = history.world.places[name]
        for one in TABLES:
            if place.kind in one.levels:
                for text in periods:
                    period = read_period(text, as_of)
                    yield place, report_table(CLERK, place.code, one.code, as_of, period)


def test_every_number_of_a_declared_table_is_that_of_its_rows_of_any_span(history: History) -> None:
    said: set[str] = set()
    for place, made in _told(history, "", "2026-W20", "2026-05-06--2026-06-20"):
        for metric in made.declaration.metrics:
            code = metric.code
            assert made.total[code] == sum(row.figures[code] for row, _ in made.rows)
            said |= {code} if made.total[code] else set()
            if made.opens_total:
                whole = open_number(CLERK, place.code, code, made.as_of, Narrowing(), made.period)
                assert whole.figure == made.total[code], (place.name, code, str(made.period))
            for row, _ in made.rows[:3]:
                narrowing, where = Narrowing(direct=row.direct), row.code
                if made.declaration.rows is RowsOf.MEMBERS:
                    narrowing, where = Narrowing(person=row.code), place.code
                elif row.kind not in metric.source.levels:
                    continue
                number = open_number(CLERK, where, code, made.as_of, narrowing, made.period)
                assert number.figure == row.figures[code], (place.name, code, row.name)
                assert number.count == len(number.rows(0, 10_000))
    assert {"services", "solutions", "minutes", "registered", "services_here"} <= said


def test_lists_say_who_where_and_what(history: History) -> None:
    """Contacts as they were, whom a community hosts, and services as the ledger has them."""
    world, as_of = history.world, _now(history)
    period = read_period("", as_of)
    contacts = report_table(CLERK, world.city.code, "contacts", as_of, period)
    assert {facts["name"] for _, facts in contacts.rows} == {
        place.name for place in world.places.values() if place.kind == Kind.COMMUNITY
    }
    hosted = open_number(CLERK, world.willow.code, "hosted", as_of)
    library = report_table(CLERK, world.willow.code, "members", as_of, period)
    assert len(library.rows) == hosted.figure > 0
    for code in (world.bureau.code, world.first.code):
        done = report_table(CLERK, code, "services", as_of, period)
        people = sum(int(str(facts["people"])) for _, facts in done.rows)
        assert people == open_number(CLERK, code, "services", as_of, Narrowing(), period).figure > 0
        assert all(facts["title"] for _, facts in done.rows)


def test_a_table_is_issued_once_printed_as_it_was_and_its_page_opens(
    history: History, client: Client
) -> None:
    """In every medium, with its number; what happens later changes nothing on it."""
    world = history.world
    fan, code = world.actor("fan"), world.east.code
    client.force_login(world.accounts["fan"])
    with clock.at(history.now + timedelta(hours=1)):
        as_of = AsOf(history.now + timedelta(minutes=1))
        moment = (as_of, read_period("2026-H1", as_of))
        one = _issued(fan, code, moment)
        world.east.name = "改名后的区"
        world.east.save()
        assert one == _issued(fan, code, moment)
        for medium in ("pdf", "docx", "html", "xlsx"):
            answer = client.get(reverse("reporttables:issued", args=[one.pk, medium]))
            assert answer.status_code == (404 if medium == "html" else 200)
        _check_workbook(answer.content)
        _check_page(client, code)
    assert IssuedTable.objects.count() == 1


def _issued(actor: Actor, code: str, moment: tuple[AsOf, Period]) -> IssuedTable:
    as_of, period = moment
    return issue_report_table(
        actor, code=code, table_code="implementation", as_of=as_of, period=period
    )


def _check_workbook(content: bytes) -> None:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert texts[0] == BY_CODE["implementation"].title
    assert any("填报单位（盖章）：东岸区" in text for text in texts)
    assert any("自拟" in text for text in texts)
    assert "改名后的区" not in str(texts)
    assert sheet.freeze_panes == "A5"


def _check_page(client: Client, code: str) -> None:
    page = client.get(reverse("reporttables:table", args=[code, "coverage"])).content.decode()
    note = re.search(r'尚有(?:<a href="([^"]+/home_unknown/[^"]+)">)?(\d+)', unescape(page))
    assert note, "the note stands below the table, and its figure opens"
    assert bool(note[1]) == bool(int(note[2]))
    links = OPENED.findall(page)
    assert len(links) > 5
    for link, number in links[:6]:
        opened = client.get(unescape(link)).content.decode()
        assert HEADLINE.findall(opened) == [number]
    url = reverse("reporttables:table", args=[code, "solutions"])
    days = {"first": "2026-05-06", "last": "2026-06-20"}
    made = client.get(url, days).context["page"].table
    assert {"first": str(made.period.first), "last": str(made.period.last)} == days
    wrong = client.get(url, days | {"last": "2026-05-01"})
    assert wrong.status_code != 200
    offered = client.get(reverse("reporttables:tables", args=[code]))
    assert BY_CODE["contacts"].title in offered.content.decode()


def test_only_who_reads_an_organisation_reads_its_tables(world: World, client: Client) -> None:
    as_of = AsOf(clock.now())
    period = read_period("", as_of)
    for name, code, table in (
        ("chen", world.willow.code, "members"),
        ("bao", world.willow.code, "ledger"),
        ("an", world.bureau.code, "services"),
        ("fan", world.east.code, "members"),
        ("fan", world.east.code, "unheard-of"),
    ):
        with pytest.raises(Absent):
            report_table(world.actor(name), code, table, as_of, period)
    made = report_table(world.actor("an"), world.willow.code, "members", as_of, period)
    assert not {"phone", "id_number"} & {name for _, facts in made.rows for name in facts}
    paper = issue_report_table(
        world.actor("an"), code=world.willow.code, table_code="members", as_of=as_of, period=period
    )
    client.force_login(world.accounts["bao"])
    for name in ("reporttables:issued", "insight:issued"):
        assert client.get(reverse(name, args=[paper.pk, "pdf"])).status_code == 404


def test_a_declaration_with_a_wrong_name_is_told_the_nearest_right_one() -> None:
    coverage = BY_CODE["coverage"]
    for column, near in (
        (ColumnDeclaration("服务人次", metric_formula("servces")), "services"),
        (ColumnDeclaration("占比", share_formula("services", "minuts")), "minutes"),
        (ColumnDeclaration("组织", fact="nme"), "name"),
    ):
        with pytest.raises(ValueError, match=f"nearest is {near}"):
            check_declaration(replace(coverage, columns=(column,)))
    with pytest.raises(ValueError, match="a metric or a fact"):
        check_declaration(replace(coverage, columns=(ColumnDeclaration("空"),)))


def test_a_note_tells_totals_of_columns_of_its_table_or_what_they_leave_out() -> None:
    for one in TABLES:
        codes = re.findall(r"{(\w+)}", one.note)
        assert set(codes) - LEFT_OUT <= {column.name for column in one.columns}
        assert set(codes) <= {metric.code for metric in one.metrics}


def test_a_span_is_a_week_or_two_days_in_order() -> None:
    as_of = AsOf(clock.midnight(clock.today()))
    week, *_ = weeks_until(as_of, 3)
    assert read_period(str(week), as_of) == week
    assert (week.first.isoweekday(), week.last.isoweekday()) == (1, 7)
    assert not week.whole_months
    assert read_period("2026-02-01--2026-02-28", as_of).whole_months
    for text in ("2026-W54", "2026-02-30--2026-03-01", "2026-03-02--2026-03-01"):
        with pytest.raises(Refused):
            read_period(text, as_of)


def test_what_is_not_counted_of_a_row_is_a_dash_on_paper_as_on_its_page(world: World) -> None:
    as_of = AsOf(clock.now())
    period = read_period("", as_of)
    told = report_table(world.actor("deng"), world.bureau.code, "implementation", as_of, period)
    [needs] = [one.name for one in told.declaration.columns if one.heading == "征集需求数"]
    rows = cast(list[dict[str, object]], item(told)["rows"])
    kinds = {row.kind: on_paper[needs] for (row, _), on_paper in zip(told.rows, rows, strict=True)}
    assert kinds[Kind.BRANCH] == "—"

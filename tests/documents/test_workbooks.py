"""Workbooks: text stays text, numbers stay numbers, and official tables look official."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from baodao.documents.catalogue import form_of
from baodao.documents.files import list_workbook
from baodao.documents.workbooks import (
    LONGEST,
    Cell,
    Worksheet,
    render_xlsx,
    write_workbook,
)
from baodao.insight.rules.papers import REGISTRATION_TABLE, SERVICE_TABLE
from baodao.people.rules.papers import ROSTER
from tests.documents.facts import ROWS, facts

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "{=1+1}",
    "\t=1",
    "http://example.com",
    "mailto:x@example.com",
    "internal:Sheet2!A1",
    "<b>",
    "'; DROP TABLE person; --",
]


def written(*rows: list[Cell], **options: object) -> openpyxl.Workbook:
    out = BytesIO()
    width = max((len(row) for row in rows), default=1)
    sheet = Worksheet(
        name="名册", columns=[f"列{number}" for number in range(width)], rows=rows, **options
    )  # type: ignore[arg-type]
    write_workbook([sheet], out)
    return openpyxl.load_workbook(out)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_or_link_is_text(text: str) -> None:
    cell = written([text])["名册"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_heading_or_title_from_outside_is_text_too() -> None:
    out = BytesIO()
    write_workbook([Worksheet("a", ["=1+1"], [], title="=2+2", notes=["=3+3"])], out)
    cells = [row[0] for row in openpyxl.load_workbook(out)["a"].iter_rows()]
    assert [cell.value for cell in cells if cell.value] == ["=2+2", "=1+1", "=3+3"]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_numbers_days_and_answers_keep_their_kind() -> None:
    instant = datetime(2026, 6, 30, 20, tzinfo=UTC)
    row = written([7, 1.5, date(2026, 7, 1), instant, True, None, float("nan")])["名册"][2]
    assert [cell.value for cell in row] == [
        7,
        1.5,
        datetime(2026, 7, 1),  # noqa: DTZ001 as openpyxl reads a day
        datetime(2026, 7, 1, 4),  # noqa: DTZ001
        "是",
        None,
        "nan",
    ]


def test_digits_excel_would_lose_are_kept_as_text() -> None:
    row = written([110101199003070000, "110101199003071234", "007"])["名册"][2]
    assert [cell.value for cell in row] == ["110101199003070000", "110101199003071234", "007"]


def test_text_longer_than_a_cell_is_cut_not_dropped() -> None:
    assert written(["字" * 40_000])["名册"]["A2"].value == "字" * LONGEST


def test_tabs_get_names_excel_takes() -> None:
    out = BytesIO()
    names = ["第一/支部:[甲]", "第一/支部:[甲]", "长" * 40, "长" * 40, "'", ""]
    write_workbook([Worksheet(name, ["姓名"], []) for name in names], out)
    tabs = openpyxl.load_workbook(out).sheetnames
    assert len(set(tabs)) == 6
    assert all(0 < len(tab) <= 31 for tab in tabs)


def test_the_heading_stays_in_sight_and_prints_on_a4() -> None:
    sheet = written(["陈"], title="名册", above=["填报单位"])["名册"]
    assert sheet.freeze_panes == "A4"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$3:$3"


def test_the_official_table_has_title_rows_total_and_note() -> None:
    row = {"name": "第一党支部", "members": 10, "registered": 5, "registered_rate": "50.0%"}
    item = facts(REGISTRATION_TABLE) | {
        "level": "unit",
        "rows": [row],
        "total": {"members": 10, "registered": 5},
    }
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(REGISTRATION_TABLE, [item]))).active
    values = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert values[0] == ["在职党员报到情况统计表"]
    assert values[1] == ["编号：〔2026〕007号"]
    assert "市直机关工委" in values[2][0]
    assert values[3] == [column.label for column in REGISTRATION_TABLE.columns("unit")]
    assert values[4] == [1, "第一党支部", 10, 5, 0.5]
    formats = {cell.value: cell.number_format for cell in sheet[5]}
    assert (formats[0.5], formats[10]) == ("0.0%", "#,##0")
    assert sheet.print_area.endswith(f"!$A$1:$M${sheet.max_row}")
    assert values[5] == ["合计", 10, 5]
    assert "到社区报到党员66名" in values[6][0]


def test_hours_are_figures_that_excel_can_add() -> None:
    rows = [{"name": "第一党支部", "services": 3, "minutes": "4.5"}]
    item = facts(SERVICE_TABLE) | {"level": "unit", "rows": rows, "total": {"minutes": "4.5"}}
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(SERVICE_TABLE, [item]))).active
    values = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert "统计期间：2026年1月1日至2026年6月30日" in values[2][0]
    assert values[4:6] == [[1, "第一党支部", 3, 4.5], ["合计", 4.5]]


def test_days_of_a_paper_are_days_that_excel_can_sort() -> None:
    rows = [{"served_on": date(2026, 4, 8), "title": "2026年", "people": 3, "hours": "4.5"}]
    form = form_of("services-report-table")
    item = {"level": "unit", "rows": rows}
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(form, [item]))).active
    [cell] = [one for one in sheet["B"] if isinstance(one.value, datetime)]
    assert cell.value == datetime(2026, 4, 8)  # noqa: DTZ001 - Excel knows no zone
    assert cell.number_format == 'yyyy"年"m"月"d"日"'
    formats = {one.value: one.number_format for one in sheet[cell.row]}
    assert (formats[3], formats[4.5]) == ("#,##0", "#,##0.0#")


def test_the_blank_roster_has_its_headings_and_room() -> None:
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(ROSTER, []))).active
    assert sheet["B3"].value == "姓名"
    assert sheet.max_row == 3 + ROSTER.blank_rows + 2


def test_a_long_list_is_written_row_by_row() -> None:
    asked = 0

    def rows() -> object:
        nonlocal asked
        for row in ROWS * 50:
            asked += 1
            yield [row["name"], row["members"]]

    made = list_workbook("报到党员", ["姓名", "数"], rows())  # type: ignore[arg-type]
    assert asked == 2_000
    assert made.filename == "报到党员.xlsx"
    assert openpyxl.load_workbook(BytesIO(made.content)).active.max_row == 2_002

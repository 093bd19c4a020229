"""Charts: what is drawn adds up, opens, and needs neither a style attribute nor a script."""

import re

import pytest
from django.template.loader import render_to_string

from baodao.ui.charts import LINES, Chart, ChartRow, ChartShape, Mark, shade

ROWS = (
    ChartRow("一月", (Mark(3, "3", "/a/?b=1&c=2"), Mark(1, "1"))),
    ChartRow("<二月>", (Mark(0, "0"), Mark(12, "12", "/d/"))),
    ChartRow("三月", (Mark(0, "0"), Mark(0, "0"))),
)
WIDTH = re.compile(r'<rect class="series-\d" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"')
TOP = re.compile(r'y="([\d.]+)" width="[\d.]+%" height="([\d.]+)"')


def chart(shape: ChartShape) -> Chart:
    return Chart("小时", "每月", shape, "月份", ("岗位", "活动"), ROWS)


def test_the_parts_of_a_bar_fill_it_and_follow_each_other() -> None:
    for row, bar in chart(ChartShape.PARTS).bars:
        parts = [(float(x), float(width)) for x, width in WIDTH.findall(bar)]
        assert sum(width for _, width in parts) == (pytest.approx(100) if row.sum else 0)
        assert [x for x, _ in parts] == [
            pytest.approx(sum(width for _, width in parts[:turn])) for turn in range(len(parts))
        ]


def test_a_bar_is_as_long_as_its_row_beside_the_longest() -> None:
    widths = [
        sum(float(width) for _, width in WIDTH.findall(bar))
        for _, bar in chart(ChartShape.BARS).bars
    ]
    assert widths == [pytest.approx(100 * 4 / 12, abs=0.02), 100, 0]


def test_columns_stand_on_each_other_below_the_top_of_the_scale() -> None:
    pieces = [
        (float(y), float(height)) for y, height in TOP.findall(chart(ChartShape.COLUMNS).columns)
    ]
    (first, second, tall) = pieces
    assert first[0] == pytest.approx(second[0] + second[1], abs=0.1)
    assert tall[1] == pytest.approx(3 * (first[1] + second[1]), abs=0.3)
    assert all(y >= 10 for y, _ in pieces)


@pytest.mark.parametrize("greatest", [1, 3, 4, 5, 7.5, 99, 100, 101, 2_000.5])
def test_the_scale_is_round_and_holds_the_greatest(greatest: float) -> None:
    rows = (ChartRow("一", (Mark(greatest, ""),)),)
    scale = Chart("", "", ChartShape.COLUMNS, "", ("",), rows).scale
    lines = [float(line) for line in re.findall(r">([\d.e+]+)</text>", scale)]
    assert len(lines) == LINES + 1
    assert lines[0] == 0
    assert lines[-1] >= greatest
    assert re.fullmatch(r"[125]0*(\.0)?", f"{lines[1]:g}")


@pytest.mark.parametrize("shape", list(ChartShape))
def test_a_chart_stands_above_its_table_and_every_mark_opens_what_its_number_opens(
    shape: ChartShape,
) -> None:
    page = render_to_string("ui/components/chart.html", {"chart": chart(shape)})
    drawn, table = page.split("<table", 1)
    links = set(re.findall(r'href="([^"]+)"', drawn))
    assert links == set(re.findall(r'href="([^"]+)"', table)) == {"/a/?b=1&amp;c=2", "/d/"}
    assert all("&lt;二月&gt;" in part for part in (drawn, table))
    assert not any(part in page for part in ("style=", "<script", "<二月>"))


def test_without_anything_to_draw_the_page_says_so() -> None:
    nothing = Chart("小时", "每月", ChartShape.COLUMNS, "月份", ("岗位",), (ROWS[2],))
    page = render_to_string("ui/components/chart.html", {"chart": nothing})
    assert "还没有可以画的数据" in page
    assert "<svg" not in page


def test_a_cell_is_darker_the_nearer_its_number_is_to_the_greatest() -> None:
    values = [0, 1, 25, 50, 75, 99, 100]
    assert [shade(value, values) for value in values] == [0, 1, 2, 3, 4, 4, 4]
    assert shade(0, [0, 0]) == shade(5, []) == 0

"""Charts: what is drawn adds up, opens, and needs neither a style attribute nor a script."""

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import baodao.ui
from baodao.ui.charts import LINES, Chart, ChartRow, ChartShape, Mark, shade

ROWS = (
    ChartRow("一月", (Mark(3, "3", "/a/?b=1&c=2"), Mark(1, "1"))),
    ChartRow("<二月>", (Mark(0, "0"), Mark(12, "12", "/d/"))),
    ChartRow("三月", (Mark(0, "0"), Mark(0, "0"))),
)
WIDTH = re.compile(r'<rect class="series-\d" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"')
TOP = re.compile(r'y="([\d.]+)" width="[\d.]+%" height="([\d.]+)"')

SHEET = Path(baodao.ui.__file__).parent / "static/ui/charts.css"
EYES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How each sees a colour, as Machado, Oliveira and Fernandes (2009) have it."""
XYZ = ((0.412, 0.358, 0.180), (0.213, 0.715, 0.072), (0.019, 0.119, 0.950))
WHITE = (0.950, 1.0, 1.089)
Triple = tuple[float, ...]


def _linear(colour: str) -> Triple:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _through(matrix: tuple[Triple, ...], colour: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def _lab(colour: Triple) -> Triple:
    parts = zip(_through(XYZ, colour), WHITE, strict=True)
    x, y, z = (max(value, 0) / white for value, white in parts)
    x, y, z = (v ** (1 / 3) if v > 0.0089 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


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
    assert 2 <= len(lines) <= LINES + 1
    assert lines[0] == 0
    assert lines[-2] < greatest <= lines[-1], "no line above the one that holds the greatest"
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


@pytest.mark.parametrize("eyes", EYES)
def test_whoever_sees_few_colours_tells_the_series_apart(eyes: str) -> None:
    """By how far apart two colours look to them, of which eyes just tell 2.3."""
    hexes = re.findall(r"^\.series-\d \{ fill: #(\w{6}); \}", SHEET.read_text(), re.MULTILINE)
    looks = [_lab(_through(EYES[eyes], _linear(colour))) for colour in hexes]
    assert len(looks) == 6
    assert min(dist(one, other) for one, other in combinations(looks, 2)) > 9

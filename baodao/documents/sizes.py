"""How large a form may be set and still be one sheet, estimated on the safe side.

Chinese type is one square to a character, so lines can be counted without a typesetter. Where the
estimate finds no size that surely fits, PDF measures and Word takes the smallest.
"""

from itertools import accumulate
from math import ceil

from baodao.documents.blocks import (
    Block,
    Closing,
    Diagram,
    Gap,
    Grid,
    Heading,
    Line,
    Paragraph,
    Spread,
    Table,
    Tear,
    Whole,
)
from baodao.documents.form import PageSetup
from baodao.documents.sheets import FilledSheet

MILLIMETRE = 72 / 25.4
PITCH = 1.7
RULED_PITCH = 1.45
NARROW = 0.6
HANGUL = "\u1100"
"""Before the Hangul letters stand the narrow scripts; behind them almost all is square."""
MARGIN = 1.02
CODE = 20
"""The verifying code is 20 mm square."""


def width_of(text: Line) -> float:
    """How many squares the line takes; Latin letters and figures count as narrow."""
    return sum(
        segment.width
        if isinstance(segment, Gap)
        else sum(NARROW if character < HANGUL else 1 for character in str(segment))
        for segment in text
    )


def body_width(page: PageSetup) -> float:
    """The width between the margins in points."""
    return ((297 if page.landscape else 210) - page.left - page.right) * MILLIMETRE


def body_height(page: PageSetup) -> float:
    """The height between the margins in points."""
    return ((210 if page.landscape else 297) - page.top - page.bottom) * MILLIMETRE


def safe_size(sheet: FilledSheet) -> float | None:
    """The largest body size at which the sheet surely fits, or None; a list may always run on."""
    page = sheet.form.page
    if len(page.sizes) == 1:
        return page.sizes[0]
    return next((size for size in page.sizes if slack(sheet, size) >= 0), None)


def slack(sheet: FilledSheet, size: float) -> float:
    """The height in points left over at the foot of the page; negative when it does not fit."""
    height = sum(_height(block, sheet, size) for block in sheet.blocks)
    return body_height(sheet.form.page) - MARGIN * height


def _rows(text: Line, squares: float) -> int:
    wholes = [width_of((part,)) for part in text if isinstance(part, Whole)]
    if wholes:
        return ceil(len(wholes) / max(1, int((squares + 1) // (max(wholes) + 1))))
    return max(1, ceil(width_of(text) / max(squares, 1) - 0.001))


def _height(block: Block, sheet: FilledSheet, size: float) -> float:
    page = sheet.form.page
    squares = body_width(page) / size
    match block:
        case Heading():
            return page.title * _rows(block.text, body_width(page) / page.title) + 1.5 * size
        case Paragraph():
            indented = (*block.text, Gap(block.indent))
            return PITCH * size * _rows(indented, squares - 0.5)
        case Spread():
            share = squares / len(block.parts) - (0 if block.small else 1.5)
            return PITCH * size * max(_rows(part, share) for part in block.parts)
        case Grid():
            return _grid_height(block, page, size) + 0.7 * size
        case Closing():
            code = CODE * MILLIMETRE if block.verify and sheet.url else 0
            return max(code, 1.75 * size * len(block.lines)) + 1.5 * size
        case Tear():
            return 9 + 1.5 * size
        case Table():
            return PITCH * size * (2 + len(block.rows))
        case Diagram():
            return PITCH * size * (2 + len(block.bars)) if block.bars else 0


def _grid_height(grid: Grid, page: PageSetup, size: float) -> float:
    ruled = size * page.ruled
    edges = [0.0, *accumulate(grid.widths)]
    height = 0.0
    for row in grid.rows:
        column = 0
        tallest = 0.0
        for cell in row:
            share = (edges[column + cell.span] - edges[column]) / edges[-1]
            squares = body_width(page) * share / ruled - 0.6
            lines = max(_rows(cell.text, squares), cell.height) + len(cell.foot)
            tallest = max(tallest, lines)
            column += cell.span
        height += ruled * (1 + RULED_PITCH * (tallest - 1) + 2 * page.inset)
    return height

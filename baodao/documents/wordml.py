"""WordprocessingML of filled blocks: every value from outside is escaped text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from baodao.documents import sizes
from baodao.documents.blocks import (
    Bar,
    Block,
    Cell,
    Closing,
    Diagram,
    Gap,
    Grid,
    HeadCell,
    Heading,
    Line,
    Noted,
    Paragraph,
    Spread,
    Table,
    Tear,
    head_rows,
)
from baodao.documents.form import PageSetup
from baodao.documents.sheets import BLANK, FilledSheet

FANG = "仿宋"
SONG = "宋体"
OFFICIAL_TITLE, OFFICIAL_FANG = "方正小标宋简体", "仿宋_GB2312"
LEVEL_FACES = {1: "黑体", 2: "楷体_GB2312"}
"""The faces of official documents, licensed to offices; those of the headings 一、 and （一）."""
FALLBACKS = (
    (OFFICIAL_TITLE, "方正小标宋_GBK"),
    (OFFICIAL_FANG, FANG),
    (LEVEL_FACES[2], "楷体"),
)
"""Under which name Word looks for each where it is not there; behind that it takes a Song face."""
FILLINGS = (
    ("solid", "3C3C3C"),
    ("diagStripe", "3C3C3C"),
    ("pct25", "3C3C3C"),
    ("clear", "FFFFFF"),
    ("horzStripe", "3C3C3C"),
    ("diagCross", "3C3C3C"),
)
"""Word's own fillings and their ink, told apart in black and white, as in the PDF."""
BAR_SHARES = (0.24, 0.6, 0.16)
"""How much of the width name, bar and figures take."""
BAR = 10
"""The size of names and the height of bars in points."""
TWIP = 20
NOTE = 9
"""The size of footnotes in points."""
EMU = 12_700
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class SheetPlace:
    """Where a sheet stands in its document: the picture of its code, how many came before it, and
    the footnotes so far, to which it adds its own."""

    picture: str
    number: int
    notes: list[str]


@dataclass(frozen=True)
class _Setting:
    """What the blocks of one sheet share: page, body size, room for a seal, its place."""

    page: PageSetup
    size: float
    room: float
    place: SheetPlace

    @property
    def width(self) -> float:
        return sizes.body_width(self.page)


def sheet(filled: FilledSheet, size: float, place: SheetPlace) -> str:
    """The paragraphs and tables of one sheet; from the second on it begins a new page."""
    room = min(2.5 * size, sizes.slack(filled, size) / 6)
    setting = _Setting(filled.form.page, size, room, place)
    return "".join(
        _block(block, setting, new_page=place.number > 0 and index == 0)
        for index, block in enumerate(filled.blocks)
    )


def page_numbers(namespaces: str) -> str:
    """The footer 第 1 页，共 3 页 as live fields."""
    runs = "".join(
        _run(text, 9, SONG)
        if not text.isupper()
        else f'<w:fldSimple w:instr="{text}">{_run("1", 9, SONG)}</w:fldSimple>'
        for text in ("第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页")
    )
    return f'<w:p {namespaces}><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'


def outer_numbers(namespaces: str, side: str) -> str:
    """The footer — 1 — of an official document, at its outer `side`, one character from the
    margin, of 14 points (GB/T 9704-2012, 7.5)."""
    size = 14
    number = f'<w:fldSimple w:instr="PAGE">{_run("1", size, SONG)}</w:fldSimple>'
    inwards = f'<w:ind w:left="{size * TWIP}" w:right="{size * TWIP}"/>'
    return (
        f'<w:p {namespaces}><w:pPr>{inwards}<w:jc w:val="{side}"/></w:pPr>'
        f"{_run('— ', size, SONG)}{number}{_run(' —', size, SONG)}</w:p>"
    )


def footnotes(namespaces: str, notes: Iterable[str]) -> str:
    """The footnotes of a document, numbered from 1; before them the line above them, which Word
    wants to be told."""
    lines = (("separator", -1), ("continuationSeparator", 0))
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for kind, number in lines
    )
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p>{_raised("<w:footnoteRef/>")}{_run(f" {note}", NOTE)}'
        "</w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    return f"<w:footnotes {namespaces}>{rules}{texts}</w:footnotes>"


def _raised(mark: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{mark}</w:r>'


def _prose(text: Line, setting: _Setting, size: float) -> str:
    """Running text, in which figures may have their footnotes."""
    runs, notes = "", setting.place.notes
    for segment in text:
        runs += _runs((segment,), size, spacing=setting.page.spacing)
        if isinstance(segment, Noted):
            notes.append(segment.note)
            runs += _raised(f'<w:footnoteReference w:id="{len(notes)}"/>')
    return runs


def _run(
    text: str, size: float, face: str = FANG, *, bold: bool = False, spacing: float = 0
) -> str:
    family = "" if face == FANG else faces(face)
    weight = "<w:b/>" if bold else ""
    apart = f'<w:spacing w:val="{round(spacing * TWIP)}"/>' if spacing else ""
    half_points = round(size * 2)
    return (
        f'<w:r><w:rPr>{family}{weight}{apart}<w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def faces(face: str) -> str:
    """The run property that sets all scripts in `face`."""
    return (
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}" '
        'w:hint="eastAsia"/>'
    )


def face_table(namespaces: str) -> str:
    """The faces of official documents, each with what stands in for it."""
    named = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        for face, other in FALLBACKS
    )
    return f"<w:fonts {namespaces}>{named}</w:fonts>"


def normal(namespaces: str, page: PageSetup) -> str:
    """The style all else rests on: FangSong, and no automatic spaces beside figures."""
    face = OFFICIAL_FANG if page.official else FANG
    return (
        f'<w:style {namespaces} w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr>'
        f'<w:rPr>{faces(face)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _runs(
    text: Line, size: float, face: str = FANG, *, bold: bool = False, spacing: float = 0
) -> str:
    return "".join(
        _run(BLANK * segment.width, size, face)
        if isinstance(segment, Gap)
        else _run(str(segment), size, face, bold=bold, spacing=spacing)
        for segment in text
    )


def _paragraph(
    content: str, size: float, *, align: str = "left", pitch: float = 1.7, more: str = ""
) -> str:
    """A paragraph of exact line pitch in em; `more` are further properties, in schema order."""
    return (
        f'<w:p><w:pPr>{more}<w:spacing w:before="0" w:after="0" '
        f'w:line="{round(size * pitch * TWIP)}" w:lineRule="atLeast"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{content}</w:p>'
    )


def _block(block: Block, setting: _Setting, *, new_page: bool) -> str:
    match block:
        case Heading():
            return _heading(block, setting, new_page=new_page)
        case Paragraph():
            return _text(block, setting)
        case Spread():
            return _spread(block, setting)
        case Grid():
            return _grid(block, setting)
        case Table():
            return _table(block, setting)
        case Diagram():
            return _diagram(block, setting) if block.bars else ""
        case Closing():
            return _closing(block, setting)
        case Tear():
            return _tear(setting)


def _heading(block: Heading, setting: _Setting, *, new_page: bool) -> str:
    size = setting.page.title
    face = OFFICIAL_TITLE if setting.page.official else SONG
    runs = _runs(block.text, size, face, bold=not setting.page.official)
    broken = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr><w:keepNext/>{broken}<w:spacing w:before="0" '
        f'w:after="{round(setting.size * 0.7 * TWIP)}"/><w:jc w:val="center"/></w:pPr>{runs}</w:p>'
    )


def _text(block: Paragraph, setting: _Setting) -> str:
    size = _small(setting) if block.small else setting.size
    whole = not any(isinstance(segment, Gap) for segment in block.text)
    align = "both" if block.align == "left" and whole else block.align
    chars, twips = block.indent * 100, round(block.indent * size * TWIP)
    indent = f'<w:ind w:firstLineChars="{chars}" w:firstLine="{twips}"/>' if chars else ""
    pitch = round(size * setting.page.pitch * TWIP)
    if block.level:
        kept, face = "<w:keepNext/>", LEVEL_FACES[block.level]
        content = _runs(block.text, size, face, spacing=setting.page.spacing)
    else:
        kept, content = "", _prose(block.text, setting, size)
    return (
        f'<w:p><w:pPr>{kept}<w:spacing w:before="0" w:after="0" w:line="{pitch}" '
        f'w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr>{content}</w:p>'
    )


def _small(setting: _Setting) -> float:
    return setting.size if max(setting.page.sizes) < 14 else setting.size * 0.875


def _spread(block: Spread, setting: _Setting) -> str:
    size = _small(setting) if block.small else setting.size
    width = setting.width
    if block.small and len(block.parts) == 2:
        stops = [("right", width)]
    else:
        stops = [("left", width * part / len(block.parts)) for part in range(1, len(block.parts))]
    tabs = "".join(
        f'<w:tab w:val="{kind}" w:pos="{round(place * TWIP)}"/>' for kind, place in stops
    )
    indent = "" if block.small else f'<w:ind w:left="{round(2 * size * TWIP)}"/>'
    content = "<w:r><w:tab/></w:r>".join(_runs(part, size) for part in block.parts)
    return (
        f'<w:p><w:pPr><w:tabs>{tabs}</w:tabs><w:spacing w:before="60" w:after="0" '
        f'w:line="{round(size * 1.7 * TWIP)}" w:lineRule="atLeast"/>{indent}</w:pPr>{content}</w:p>'
    )


def _open_table(widths: Iterable[float], borders: str) -> str:
    columns = [round(width * TWIP) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        f'<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _cell(
    content: str, width: float, span: int = 1, place: str = "center", merged: str = ""
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    spanned += f'<w:vMerge w:val="{merged}"/>' if merged else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIP)}" w:type="dxa"/>{spanned}'
        f'<w:vAlign w:val="{place}"/></w:tcPr>{content}</w:tc>'
    )


def _row(cells: str, height: float, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(height * TWIP)}" '
        f'w:hRule="atLeast"/>{repeated}</w:trPr>{cells}</w:tr>'
    )


def _shares(widths: tuple[float, ...], width: float) -> list[float]:
    return [width * share / sum(widths) for share in widths]


def _grid(block: Grid, setting: _Setting) -> str:
    size = setting.size * setting.page.ruled
    widths = _shares(block.widths, setting.width)
    rows = []
    for row in block.rows:
        cells = []
        column = 0
        for cell in row:
            cells.append(_grid_cell(cell, sum(widths[column : column + cell.span]), size))
            column += cell.span
        lines = max(cell.height + len(cell.foot) for cell in row)
        height = size * (1 + sizes.RULED_PITCH * (lines - 1) + 2 * setting.page.inset)
        rows.append(_row("".join(cells), height))
    return _open_table(widths, _BORDERS) + "".join(rows) + "</w:tbl>"


def _grid_cell(cell: Cell, width: float, size: float) -> str:
    centred = cell.label or (cell.span == 1 and not cell.foot)
    content = _paragraph(
        _runs(cell.text, size, SONG if cell.label else FANG),
        size,
        align="center" if centred else "left",
        pitch=1.2,
    )
    content += "".join(
        _paragraph(_runs(foot, size), size, align="right", pitch=1.4) for foot in cell.foot
    )
    return _cell(content, width, cell.span)


def _table(block: Table, setting: _Setting) -> str:
    size = setting.size
    widths = _shares(tuple(column.width for column in block.columns), setting.width)
    aligns = [column.align for column in block.columns]
    rows = [_row(head, size * 2, head=True) for head in _heads(block, widths, size)]
    for values, bold in (*((row, False) for row in block.rows), (block.total, True)):
        if values:
            cells = "".join(
                _cell(
                    _paragraph(
                        _run(value, size, SONG if bold else FANG, bold=bold) if value else "",
                        size,
                        align=align,
                        pitch=1.2,
                    ),
                    width,
                )
                for value, width, align in zip(values, widths, aligns, strict=True)
            )
            rows.append(_row(cells, size * 2))
    return _open_table(widths, _BORDERS) + "".join(rows) + "</w:tbl>"


def _heads(block: Table, widths: Sequence[float], size: float) -> Iterator[str]:
    """The cells of each row of headings; one that is two rows deep goes on in the second."""
    rows = head_rows(block.columns)
    deep = [HeadCell("", cell.column, deep=0) for cell in rows[0] if cell.deep > 1]
    for row in (rows[0], *(sorted((*lower, *deep), key=_first) for lower in rows[1:])):
        yield "".join(_head_cell(cell, widths, size) for cell in row)


def _first(cell: HeadCell) -> int:
    return cell.column


def _head_cell(cell: HeadCell, widths: Sequence[float], size: float) -> str:
    text = _run(cell.label, size, SONG, bold=True) if cell.label else ""
    content = _paragraph(text, size, align="center", pitch=1.2)
    width = sum(widths[cell.column : cell.column + cell.span])
    merged = {0: "continue", 1: ""}.get(cell.deep, "restart")
    return _cell(content, width, cell.span, merged=merged)


def _diagram(block: Diagram, setting: _Setting) -> str:
    """Bars as tables whose cells are filled: sharp at any size, and open to correction."""
    title = _paragraph(
        _runs(block.title, setting.size, SONG, bold=True), setting.size, more="<w:keepNext/>"
    )
    legend = "".join(
        _swatch(turn) + _run(f" {name}　　", BAR) for turn, name in enumerate(block.series)
    )
    if len(block.series) > 1:
        title += _paragraph(legend, BAR, more="<w:keepNext/>")
    widths = _shares(BAR_SHARES, setting.width)
    rows = "".join(_row(_bar(bar, widths), BAR * 1.6) for bar in block.bars)
    return title + _open_table(widths, "") + rows + "</w:tbl>" + _paragraph("", 1, pitch=1)


def _bar(bar: Bar, widths: list[float]) -> str:
    """The cells of a row: name, pieces, figures."""
    room = widths[1] - 6
    pieces = [
        (turn, max(TWIP, round(room * share / 100 * TWIP)))
        for turn, share in enumerate(bar.shares)
        if share
    ]
    drawn = _pieces(pieces) if pieces else ""
    name = _paragraph(_run(bar.label, BAR), BAR, pitch=1.2)
    text = _paragraph(_run(bar.text, BAR), BAR, align="right", pitch=1.2)
    middle = drawn + _paragraph("", 1, pitch=1)
    return _cell(name, widths[0]) + _cell(middle, widths[1]) + _cell(text, widths[2])


def _pieces(pieces: list[tuple[int, int]]) -> str:
    """A bar: each piece with the number of its filling and its width in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width in pieces)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_filling(turn)}</w:tcPr>'
        f"{_paragraph('', 1, pitch=1)}</w:tc>"
        for turn, width in pieces
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(width for _, width in pieces)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{BAR * TWIP}" '
        f'w:hRule="exact"/></w:trPr>{cells}</w:tr></w:tbl>'
    )


def _filling(turn: int) -> str:
    kind, ink = FILLINGS[turn]
    return f'<w:shd w:val="{kind}" w:color="{ink}" w:fill="FFFFFF"/>'


def _swatch(turn: int) -> str:
    return (
        f'<w:r><w:rPr><w:sz w:val="{2 * BAR}"/>'
        '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        f"{_filling(turn)}</w:rPr><w:t>　　</w:t></w:r>"
    )


def _closing(block: Closing, setting: _Setting) -> str:
    coded = block.verify and bool(setting.place.picture)
    if not coded and not block.lines:
        return ""
    size = setting.size
    left = _paragraph(_picture(setting) + _run(f" {block.caption}", 9, SONG), 9) if coded else ""
    right = "".join(_paragraph(_runs(text, size), size, align="center") for text in block.lines)
    half = setting.width / 2
    cells = _cell(left or "<w:p/>", half, place="bottom") + _cell(
        right or "<w:p/>", half, place="bottom"
    )
    spacer = _paragraph("", size, pitch=max(setting.room / size, 0.3))
    end = _paragraph("", 1, pitch=1)
    return spacer + _open_table((half, half), "") + _row(cells, 0) + "</w:tbl>" + end


def _picture(setting: _Setting) -> str:
    side = round(sizes.CODE * sizes.MILLIMETRE * EMU)
    number = setting.place.number + 1
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:docPr id="{number}" name="code{number}" '
        'descr="扫码核验"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="code{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{setting.place.picture}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _tear(setting: _Setting) -> str:
    border = '<w:pBdr><w:bottom w:val="dashed" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    line = _paragraph(_run("沿此线裁开", 9, SONG), 9, align="center", more=border)
    below = _paragraph("", setting.size, pitch=max(setting.room / setting.size, 0.3))
    return _paragraph("", setting.size, pitch=max(setting.room / setting.size, 0.3)) + line + below

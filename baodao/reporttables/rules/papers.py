"""The form of each table: title, who hands it up, period and day, list, note, seal line, code."""

from collections.abc import Iterator

from baodao.documents.blocks import (
    Align,
    Block,
    Closing,
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE
from baodao.reporttables.rules.catalogue import TABLES
from baodao.reporttables.rules.declarations import TableDeclaration

PROPOSED = "本表栏目为自拟，上级印发表样的，以表样为准。"
_SHORT = 6
"""Up to this width what a column says is centred."""


def form_code(declaration: TableDeclaration) -> str:
    """Under which the form of a table stands in the catalogue of papers; own tables share one."""
    return OWN.code if declaration.version else f"{declaration.code}-report-table"


def paper_columns(declaration: TableDeclaration) -> tuple[PaperColumn, ...]:
    """Its columns on paper, numbered rows first."""
    return (PaperColumn("index", "序号", 2.4), *_columns(declaration))


def _columns(declaration: TableDeclaration) -> Iterator[PaperColumn]:
    for one in declaration.columns:
        text = bool(one.fact) and one.width > _SHORT
        figure = one.formula is not None and not one.formula.percent
        counted = figure or one.fact in ("people", "hours")
        align: Align = "left" if text else "center"
        yield PaperColumn(one.name, one.heading, one.width, align, total=counted, group=one.group)


def _form(declaration: TableDeclaration) -> Form:
    day = line("统计截止日期：{as_of}")
    head = [line("填报单位（盖章）：{organisation}")]
    head += [line("统计期间：{period}"), day] if declaration.of_period else [day]
    blocks: list[Block] = [
        Heading((declaration.title,)),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Spread(tuple(head), small=True),
        Table(),
    ]
    if declaration.note:
        blocks.append(Paragraph(line("注：{note}"), indent=0, small=True))
    if declaration.proposed:
        blocks.append(Paragraph((PROPOSED,), indent=0, small=True))
    blocks += [FOOTING, Closing((), verify=True, caption="扫码核验本表的真伪")]
    levels = tuple((str(level), paper_columns(declaration)) for level in declaration.levels)
    code = form_code(declaration)
    return Form(
        code, declaration.title, tuple(blocks), LIST_PAGE, LIST_FORMATS, levels, blank_rows=10
    )


OWN = Form(
    "own-report-table",
    "自定统计表",
    (
        Heading(line("{table_title}")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Spread(
            (
                line("填报单位（盖章）：{organisation}"),
                line("{period_line}"),
                line("统计截止日期：{as_of}"),
            ),
            small=True,
        ),
        Table(),
        Paragraph(line("{note_line}"), indent=0, small=True),
        FOOTING,
        Closing((), verify=True, caption="扫码核验本表的真伪"),
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (("", (PaperColumn("index", "序号", 2.4), PaperColumn("name", "组织名称", 11, "left"))),),
    blank_rows=10,
)
"""On which every own table stands: its title, columns and note come with its facts."""

PAPERS = (*(_form(one) for one in TABLES), OWN)

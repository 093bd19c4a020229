"""The slip of a booking, also blank for the window: what is printed alike of every kind."""

from collections.abc import Sequence

from baodao.documents.blocks import Cell, Closing, Grid, Heading, Line, Paragraph, Spread, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import SHEET_FORMATS


def booking_slip(
    code: str, title: str, rows: Sequence[Sequence[Cell]], remark: str, foot: tuple[Line, Line]
) -> Form:
    """预约单: the rows of its grid, what to mind, and at the foot whom to call and who signs."""
    return Form(
        code,
        title,
        (
            Heading(line(title)),
            Paragraph(line("查询码：{booking_code}"), indent=0, align="right", small=True),
            Grid((1.2, 2, 1.2, 2), tuple(tuple(row) for row in rows)),
            Paragraph(line(remark), indent=0, small=True),
            Spread((foot[0], line("经办人：{handler}")), small=True),
            Closing((foot[1], line("{issued_on}"))),
        ),
        PageSetup(top=20, bottom=18, left=24, right=24, inset=0.5, sizes=(12,)),
        SHEET_FORMATS,
    )

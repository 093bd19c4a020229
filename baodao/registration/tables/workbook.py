"""A list as a workbook, for the export of every list of this slice."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from baodao.documents.rendering import CONTENT_TYPES, Rendered
from baodao.documents.workbooks import Sheet, write_workbook


def export(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Rendered:
    """One sheet with the list's heads and rows."""
    return workbook(title, [Sheet(name=title, columns=heads, rows=rows)])  # type: ignore[arg-type]


def workbook(title: str, sheets: Iterable[Sheet]) -> Rendered:
    """A workbook of several sheets, named after `title`."""
    out = BytesIO()
    write_workbook(sheets, out)
    return Rendered(out.getvalue(), CONTENT_TYPES["xlsx"], f"{title}.xlsx")

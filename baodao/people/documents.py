"""The uploaded roster once more, with a column of remarks beside each row that has a problem."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext

from baodao.documents.formats import Format
from baodao.documents.reading import Cell, reading
from baodao.documents.reading import Sheet as FoundSheet
from baodao.documents.rendering import Rendered
from baodao.documents.workbooks import Sheet, write_workbook
from baodao.people.commands.roster import content_of
from baodao.people.models import RosterImport
from baodao.people.queries.roster import examine

Place = tuple[str, int]


def remarks(roster: RosterImport) -> Rendered:
    """The same rows in the same places, remarks behind the last column.

    It holds what the clerk uploaded, numbers included. Refused: `roster.forgotten` when the file
    is no longer kept.
    """
    content = content_of(roster)
    include_hidden = bool(roster.options.get("include_hidden"))
    said = _said(roster, content, include_hidden)
    out = BytesIO()
    with reading(content, include_hidden=include_hidden) as sheets:
        shown = (sheet for sheet in sheets if include_hidden or not sheet.hidden)
        write_workbook((_with_remarks(sheet, said) for sheet in shown), out)
    name = roster.file_name.rpartition(".")[0] or roster.file_name
    return Rendered(
        out.getvalue(), Format.EXCEL.content_type, f"{name}（{gettext('remarks')}）.xlsx"
    )


def _said(roster: RosterImport, content: bytes, include_hidden: bool) -> dict[Place, str]:
    """All that is wrong in a row, in one cell."""
    found = examine(roster.unit, content, include_hidden=include_hidden)
    said: dict[Place, list[str]] = {}
    for problem in found.judged.problems:
        sentence = gettext(problem.message) % problem.facts
        said.setdefault((problem.sheet, problem.row), []).append(f"{problem.column}：{sentence}")
    return {place: "\n".join(sentences) for place, sentences in said.items()}


def _with_remarks(sheet: FoundSheet, said: dict[Place, str]) -> Sheet:
    rows = _rows(sheet, said)
    first = [str(cell) for cell in next(rows, [])]
    return Sheet(name=sheet.title or "CSV", columns=first, rows=rows)


def _rows(sheet: FoundSheet, said: dict[Place, str]) -> Iterator[Sequence[Cell]]:
    indent = [""] * sheet.first_column
    for number, cells in sheet.rows:
        remark = said.get((sheet.title, number), "")
        heading = gettext("Remarks") if number == 1 else ""
        yield [*indent, *cells, remark or heading]

"""The uploaded roster once more, with a column of remarks beside each row that has a problem."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO

from django.utils.translation import gettext

from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.workbooks import Worksheet, write_workbook
from baodao.orgs.models import Organisation
from baodao.people.facts import FACTS, FactKind, Keeper, PersonFact
from baodao.people.models import Membership
from baodao.people.queries.facts import value_of
from baodao.people.rules.standing import paper_word
from baodao.rosters.commands.roster import content_of
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import examine
from baodao.rostersheets.rules.roster import RosterScope
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.strangers import strangers_again
from baodao.spreadsheets.workbooks import SourceSheet as ReadSheet
from baodao.spreadsheets.workbooks import source_sheets

Remarks = dict[tuple[str, int], str]
"""What is wrong in a row, by its sheet and number."""


def remarks(roster: RosterImport) -> Rendered:
    """The same rows in the same places, remarks behind the last column.

    It holds what the clerk uploaded, numbers included. Refused: `roster.forgotten` when the file
    is no longer kept.
    """
    content = content_of(roster)
    scope = RosterScope.unpacked(roster.options)
    remarks = _remarks(roster, content, scope)
    out = BytesIO()
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        rest = (sheet for sheet in sheets if scope.include_hidden or not sheet.hidden)
        write_workbook((_with_remarks(sheet, remarks) for sheet in rest), out)
    name = roster.file_name.rpartition(".")[0] or roster.file_name
    return Rendered(
        out.getvalue(), Format.EXCEL.content_type, f"{name}（{gettext('remarks')}）.xlsx"
    )


def example_roster(unit: str, members: Iterable[Membership]) -> Rendered:
    """A good table: one row a person, one fact a column, filled with these members; the same file
    uploaded again changes nothing."""
    facts = [fact for fact in FACTS if fact.headers and fact.keeper is not Keeper.NOTHING]
    rows = ([_plain(fact, row) for fact in facts] for row in members)
    columns = [fact.headers.split()[0] for fact in facts]
    out = BytesIO()
    write_workbook([Worksheet("花名册", columns, rows, title=f"{unit}党员花名册")], out)
    return Rendered(out.getvalue(), Format.EXCEL.content_type, f"{unit}党员花名册.xlsx")


def _plain(fact: PersonFact, row: Membership) -> str:
    """A fact as a roster is best written: numbers whole, days whole, words in Chinese."""
    value = value_of(fact, row.person, row)
    if value is None or value == "":
        return ""
    if fact.codes is not None:
        return paper_word(value)
    if fact.kind is FactKind.COMMUNITY:
        return _whole_name(row.person.home_community)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def _whole_name(community: Organisation | None) -> str:
    """A community behind its street, since names repeat in a city; not one that was closed."""
    if community is None or community.closed_at is not None:
        return ""
    return f"{community.parent.name if community.parent else ''}{community.name}"


def _remarks(roster: RosterImport, content: bytes, scope: RosterScope) -> Remarks:
    """All that is wrong in a row or not kept of it, in one cell."""
    strangers = strangers_again(RosterImport.objects.filter(unit=roster.unit), roster)
    examination = examine(roster.unit, content, scope=scope, strangers=strangers)
    sentences: dict[tuple[str, int], list[str]] = {}
    judgement = examination.judgement
    for problem in (*judgement.problems, *judgement.remarks):
        sentence = gettext(problem.message) % problem.facts
        place = (problem.sheet, problem.row)
        sentences.setdefault(place, []).append(f"{problem.column}：{sentence}")
    return {place: "\n".join(parts) for place, parts in sentences.items()}


def _with_remarks(sheet: ReadSheet, remarks: Remarks) -> Worksheet:
    rows = _rows(sheet, remarks)
    first = [str(cell) for cell in next(rows, [])]
    return Worksheet(name=sheet.title or "CSV", columns=first, rows=rows)


def _rows(sheet: ReadSheet, remarks: Remarks) -> Iterator[Sequence[Cell]]:
    indent = [""] * sheet.first_column
    for number, cells in sheet.rows:
        remark = remarks.get((sheet.title, number), "")
        heading = gettext("Remarks") if number == 1 else ""
        yield [*indent, *cells, remark or heading]

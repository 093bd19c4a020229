"""A roster judged: from streams of cells to rows that can be taken over and problems."""

from collections.abc import Callable, Iterable

from baodao.rostersheets.rules.bands import branch_of_sheet
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.other_times import of_other_times
from baodao.rostersheets.rules.problems import FORMS, MESSAGES, RosterProblem
from baodao.rostersheets.rules.roster import RosterFacts, RosterJudgement, Setup
from baodao.rostersheets.rules.settlement import settle
from baodao.rostersheets.rules.sheet import SheetJudge
from baodao.rostersheets.rules.sheets import RosterSheet
from baodao.spreadsheets.blocks import SheetBlocks, SheetRows
from baodao.spreadsheets.cells import text_of
from baodao.spreadsheets.leftovers import LeftoverKind, rows_left, sheet_leftover
from baodao.spreadsheets.seen_columns import first_lines

REPORT_EVERY = 2_000


def judge(sheets: Iterable[SheetRows], setup: Setup) -> RosterJudgement:
    """Read all sheets. Sheets without a header are left; if all are, `people` is 0 and `columns`
    is empty, and the caller refuses the file."""
    judgement = RosterJudgement()
    readers: list[RosterSheet] = []
    for sheet in sheets:
        if sheet.hidden and not setup.scope.include_hidden:
            judgement.leftovers.append(sheet_leftover(LeftoverKind.SHEET_HIDDEN, sheet.title))
            continue
        blocks = SheetBlocks(sheet, setup.facts.headers, setup.choices)
        if not blocks.blocks:
            empty = LeftoverKind.SHEET_EMPTY if blocks.is_empty else LeftoverKind.SHEET_HEADLESS
            rows = len(blocks.above) + sum(any(map(text_of, cells)) for _, cells in blocks.rows)
            begins = first_lines(blocks.above)
            judgement.leftovers.append(sheet_leftover(empty, sheet.title, begins, rows))
            judgement.seen_columns |= blocks.seen()
            continue
        reader = RosterSheet(blocks, setup)
        _read(reader, blocks, setup.watch, sum(one.people for one in readers))
        readers.append(reader)
    _set_aside(readers, setup, judgement)
    people = sum(one.people for one in _rosters(readers, setup, judgement))
    for reader in readers:
        reader.tell_totals(people - reader.people)
        _add(judgement, reader, setup)
    tables = [(table, reader) for reader in readers for table in reader.tables]
    _settle_branches(judgement, tables, setup)
    judgement.problems.sort(key=_place(judgement))
    return judgement


def _read(
    reader: RosterSheet,
    blocks: SheetBlocks,
    watch: Callable[[int], None] | None,
    before: int,
) -> None:
    for count, (number, cells) in enumerate(blocks.rows):
        reader.read(number, cells)
        if watch is not None and count % REPORT_EVERY == 0:
            watch(before + reader.people)
    reader.finish()


def _set_aside(readers: list[RosterSheet], setup: Setup, judgement: RosterJudgement) -> None:
    """Take from `readers` the lists of another time; they are told."""
    lists = [one for one in readers if one.people and not one.missing()]
    choices = {one.title for one in lists if one.is_hidden or one.title in setup.scope.sheets}
    past = of_other_times([one.title for one in lists], setup.today.year) - choices
    for reader in [one for one in readers if one.title in past]:
        kind = LeftoverKind.SHEET_PAST
        judgement.leftovers.append(sheet_leftover(kind, reader.title, count=reader.people))
        readers.remove(reader)


def _rosters(
    readers: list[RosterSheet], setup: Setup, judgement: RosterJudgement
) -> list[RosterSheet]:
    """Take from `readers` the lists of people who stand on a fuller sheet, and what has no people;
    they are told. Returns what is left."""
    whole = [reader for reader in readers if not reader.missing()]
    for reader in list(readers):
        fuller = [one for one in whole if one.facts > reader.facts]
        if not fuller or reader.title in setup.scope.sheets:
            continue
        if _is_second(reader, fuller, judgement):
            readers.remove(reader)
    return readers


def _is_second(reader: RosterSheet, fuller: list[RosterSheet], judgement: RosterJudgement) -> bool:
    """Whether a sheet lists people of fuller ones, or none at all; if so, it is told."""
    if RosterFact.NAME in reader.missing():
        kind = LeftoverKind.SHEET_NO_PEOPLE
        judgement.leftovers.append(sheet_leftover(kind, reader.title, count=reader.people))
        _add_titles(judgement, reader)
        return True
    alone = reader.unlike(fuller)
    if not reader.people or 2 * len(alone) > reader.people:
        return False
    kind = LeftoverKind.SHEET_SECOND
    judgement.leftovers.append(sheet_leftover(kind, reader.title, count=reader.people))
    if alone:
        kind = LeftoverKind.SHEET_ALONE
        judgement.leftovers.append(rows_left(kind, reader.title, alone))
    return True


def _add(judgement: RosterJudgement, reader: RosterSheet, setup: Setup) -> None:
    """Add what a sheet says to what the sheets before it say."""
    if judgement.seen:
        reader.meet(judgement.seen)
        judgement.seen = reader.seen | judgement.seen
    else:
        judgement.seen = reader.seen
    judgement.leftovers += reader.leftovers.all()
    gone = sum(len(table.exits) for table in reader.tables)
    judgement.other_rows += reader.leftovers.rows - gone
    _add_titles(judgement, reader)
    for table in reader.tables:
        header = table.place.header
        for column in header.columns:
            judgement.columns.setdefault(column.fact, column.header)
        for fact in header.missing(setup.facts.headers.needed):
            if table.people or table is reader.tables[0]:
                label = reader.label(fact)
                judgement.problems.append(_missing(table, fact, setup.facts, label))
        judgement.people += table.people
        judgement.in_service += table.in_service
        judgement.problems += table.log.problems
        judgement.remarks += table.log.remarks
        judgement.exits += table.exits
        judgement.dates += table.dates
        judgement.unclear |= table.unclear.keys()


def _add_titles(judgement: RosterJudgement, reader: RosterSheet) -> None:
    titles = (title for table in reader.tables for title in table.place.header.titles if title)
    judgement.titles = list(dict.fromkeys([*judgement.titles, *titles]))


def _missing(
    table: SheetJudge, fact: str, facts: RosterFacts, label: tuple[str, int] | None = None
) -> RosterProblem:
    """The column of a fact is not there; its word, or that of another, may stand in a row below
    (`label`: the fact and the row)."""
    title = facts.headers.title(fact if label is None else label[0])
    place = table.place
    kind = "column-missing"
    message = MESSAGES[kind] if label is None else FORMS
    words = {"field": title} if label is None else {"field": title, "row": label[1]}
    return RosterProblem(place.sheet, place.header_row, title, kind, message, words)


def _settle_branches(
    judgement: RosterJudgement, tables: list[tuple[SheetJudge, RosterSheet]], setup: Setup
) -> None:
    """Give each sheet's people their branches; what is not known to the unit is a problem."""
    many = len({reader.title for _, reader in tables}) > 1
    for table, reader in tables:
        column = table.branches
        if not column.speaks:
            title = text_of(reader.title)
            column.of_sheet = branch_of_sheet(title, many, setup.branches)
        if column.of_sheet is None and not column.speaks and table.people:
            _without_branches(judgement, table, setup)
    for table, _ in tables:
        settle(table, judgement, setup.branches)


def _without_branches(judgement: RosterJudgement, table: SheetJudge, setup: Setup) -> None:
    """Neither column nor sheet names a branch: with one branch or none there is no doubt."""
    branches, column = setup.branches, table.branches
    if len(branches.names) == 1:
        column.of_sheet = branches.names[0]
        column.implied = True
    elif not branches:
        column.of_sheet = branches.unit or None
        column.implied = True
    else:
        judgement.problems.append(_missing(table, RosterFact.BRANCH, setup.facts))


def _place(judgement: RosterJudgement) -> Callable[[RosterProblem], tuple[int, int]]:
    order: dict[str, int] = {}
    for problem in judgement.problems:
        order.setdefault(problem.sheet, len(order))
    return lambda problem: (order[problem.sheet], problem.row)

"""Who is perhaps no member any more: what a row, a comment or a line through it says of that."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from baodao.rostersheets.rules.exit_words import (
    LONGEST,
    ExitKind,
    ExitSign,
    exit_in,
    first_of,
    is_denied,
)
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.marks import MarkedName
from baodao.rostersheets.rules.row_dates import UNREADABLE, read_date
from baodao.rostersheets.rules.words import ANSWERS
from baodao.spreadsheets.blocks import SheetBlocks, TableBlock
from baodao.spreadsheets.cells import Cell, Memo, cells_at, compact, text_of
from baodao.spreadsheets.headers import SERIALS, TableHeader
from baodao.spreadsheets.headings import header_key, heading_of, question_of

STORIES = re.compile(
    "简历|经历|履历|家庭|成员|亲属|社会关系|奖|处分|惩|学习|联系人|去向|事迹|单位$|地址|住址"
)
"""Columns whose stories tell of other times or other people."""

REMARKS = re.compile("^注$|备注|备考|附注|说明|情况")
MEMBERS = frozenset(["是否党员", "是否为党员", "是否中共", "是否中共党员"])
"""Questions to which a no says that somebody is no member."""

DAYS = ((RosterFact.DIED_ON, ExitKind.DIED), (RosterFact.LEFT_ON, ExitKind.LEFT))
REMARKING = ("unknown", "clerk")
"""Why a column is not used that may hold remarks: nobody knows what it holds."""


class RowExits:
    """What in the rows of one table can say that somebody is gone: columns made for it, remarks in
    columns that are used for nothing else, comments, and lines through."""

    def __init__(self, place: TableBlock, blocks: SheetBlocks, today: date) -> None:
        header = place.header
        self._blocks = blocks
        self._name_at = header.index(RosterFact.NAME)
        self._today = today
        at = {column.fact: column for column in header.columns}
        self._flags = [
            (at[fact].index, kind, at[fact].opposite)
            for fact, kind in ((RosterFact.DIED, ExitKind.DIED), (RosterFact.LEFT, ExitKind.LEFT))
            if fact in at
        ]
        self._days = [
            (at[fact].index, kind)
            for fact, kind in (
                (RosterFact.DIED_ON, ExitKind.DIED),
                (RosterFact.LEFT_ON, ExitKind.LEFT),
            )
            if fact in at
        ]
        spoken = (RosterFact.STANDING, RosterFact.GRADE, "position")
        self._texts = cells_at([at[f].index for f in spoken if f in at] + _remarks(header))
        self._width = len(header.titles)
        self._signs = Memo(_sign_in)
        self._members = [
            (at, header.titles[at])
            for at in header.span
            if question_of(heading_of(header.titles[at]).core) in MEMBERS
        ]
        self._has_columns = bool(self._flags or self._days or self._members)

    def of(self, cells: Sequence[Cell]) -> ExitSign | None:
        """The strongest sign of a row, death before leaving, with the day that the row tells."""
        signs = map(self._signs.__getitem__, self._remarks(cells))
        if not (self._has_columns or any(signs)):
            return None
        return first_of([*self._flag_signs(cells), *self._dated(cells)])

    def sign_of(
        self, number: int, cells: Sequence[Cell], marked: MarkedName, outsiders: str
    ) -> ExitSign | None:
        """The strongest sign of a row, wherever it stands; `outsiders` is what a band calls the
        people below it."""
        texts = [marked.mark, outsiders, *(text for _, text in self._blocks.comments(number))]
        signs = [self.of(cells), *map(exit_in, texts)]
        if self._blocks.is_struck(number, cells, self._name_at):
            signs.append(ExitSign(ExitKind.STRUCK, marked.name))
        sign = first_of(signs)
        return sign and sign._replace(name=marked.name)

    def _flag_signs(self, cells: Sequence[Cell]) -> Iterable[ExitSign]:
        for place, kind, opposite in self._flags:
            text = text_of(cells[place])
            answer = ANSWERS.get(compact(text))
            if answer is not None and answer != opposite:
                yield ExitSign(kind, text)
            elif answer is None and (sign := exit_in(text)):
                yield sign
        for place, title in self._members:
            text = text_of(cells[place])
            if ANSWERS.get(compact(text)) is False:
                yield ExitSign(ExitKind.LEFT, f"{title}：{text}")
        yield from filter(None, map(self._signs.__getitem__, self._remarks(cells)))

    def _remarks(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        return *self._texts(cells), *cells[self._width :]

    def _dated(self, cells: Sequence[Cell]) -> Iterable[ExitSign]:
        for place, kind in self._days:
            read = read_date(cells[place])
            if read is None or (read is not UNREADABLE and read.on > self._today):
                continue
            text = text_of(cells[place])
            if read is not UNREADABLE:
                yield ExitSign(kind, text, min(read.last, self._today))
            elif compact(text) not in ANSWERS and not is_denied(text):
                yield ExitSign(kind, text)


def remark_columns(header: TableHeader) -> list[int]:
    """Columns headed as remarks that are used for nothing else; where no column asks for a standing
    also a second one for the kind of a member, 人员类别 beside 党员类型, and the post, which may be
    局长（退休）."""
    remarks = [at for at in _remarks(header) if REMARKS.search(compact(header.titles[at]))]
    if header.index(RosterFact.STANDING) is None:
        kinds = (one for one in header.unused if one.reason == "second")
        remarks += [one.index for one in kinds if one.fact == RosterFact.GRADE]
        remarks += [one.index for one in header.columns if one.fact == "position"]
    return remarks


def _sign_in(cell: Cell) -> ExitSign | None:
    return exit_in(cell) if isinstance(cell, str) and cell else None


def remarks_on_looks(
    blocks: SheetBlocks, number: int, cells: Sequence[Cell]
) -> Iterable[tuple[str, dict[str, object]]]:
    """What is remarked beside a row: comments on it, and cells that are struck through alone."""
    for letter, text in blocks.comments(number):
        yield "comment", {"place": letter, "value": text[:LONGEST]}
    struck = blocks.struck_cells(number, cells)
    if struck and len(struck) < sum(map(bool, map(text_of, cells))):
        yield "struck-cells", {"places": "、".join(struck)}


def _remarks(header: TableHeader) -> list[int]:
    """Columns that hold what somebody remarked of the person of the row."""
    unused = {column.index: column for column in header.unused}
    used = {column.index for column in header.columns}
    places = []
    for index in header.span:
        title = header.titles[index]
        column = unused.get(index)
        is_used = index in used or (column is not None and column.reason not in REMARKING)
        if not is_used and header_key(title) not in SERIALS and not STORIES.search(title):
            places.append(index)
    return places

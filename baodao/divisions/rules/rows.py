"""A row of a division table: the place it tells, why it is none, or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from baodao.divisions.rules.codes import check_name_of, city_of, level_of, padded, parent_of
from baodao.divisions.rules.differences import TablePlace
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.tree import Kind
from baodao.spreadsheets.cells import Cell, bare, compact, text_of
from baodao.spreadsheets.headers import HeaderWords, TableHeader
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.vocabulary.rules.words import WordRole, WordTable

CODE, NAME = "code", "name"
PARENTS_NEAREST_FIRST = ("parent", "street", "area", "city")
"""Of a row that names several places above, the first filled one is its parent."""

DIVISION_FACTS = (CODE, NAME, *PARENTS_NEAREST_FIRST)
DIVISION_WORDS = HeaderWords(
    {
        CODE: "代码 code 编码 区划代码 区划编码 行政区划代码 行政区划编码 统计用区划代码 "
        "统计区划代码 社区代码 社区编码 村居代码 居委会代码 12位代码 十二位代码",
        NAME: "名称 name 区划名称 行政区划名称 社区名称 村居名称 居委会名称 单位名称 地名",
        "parent": "上级代码 parent parentcode 上级编码 上级区划代码 上级行政区划代码 父级代码 "
        "父级编码 所属上级代码",
        "street": "街道代码 streetcode 乡镇代码 街道编码 镇街代码 乡级代码",
        "area": "区县代码 areacode 县区代码 区县编码 县级代码 区代码",
        "city": "城市代码 citycode 市代码 地市代码 市级代码",
    },
    needed=(CODE, NAME),
    loose=("代码", "编码", "名称", "地名"),
)
WORDS = WordTable(
    "division",
    gettext_noop("Division tables"),
    Permission.DIVISION_IMPORT,
    {
        WordRole.HEADER: {
            CODE: gettext_noop("Division code"),
            NAME: gettext_noop("Name of the place"),
            "parent": gettext_noop("Division code of the place above"),
            "street": gettext_noop("Division code of the street"),
            "area": gettext_noop("Division code of the district"),
            "city": gettext_noop("Division code of the city"),
        }
    },
    needed=frozenset({CODE, NAME}),
)
"""The columns of division tables whose names a tenant may teach."""

_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_TOTAL = re.compile(r"(?:本[页表市区县])?(?:合计|总计|小计|共计|汇总|共[0-9]+|计$)")
_PLACE = re.compile(r".+(?:[省市区县旗盟州镇乡村]|街道|街道办事处|社区|委员?会|苏木|嘎查)")
_ADDING = frozenset("本合总小共汇计 ")
"""How a name that adds up begins."""
_NO_CODE = re.compile(r"[暂尚]?[无没未缺待](?:有|定|知|编|补)?|新增|空|-+|—+|/|n/?a")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FRACTION = re.compile(r"\.0+$")


class DivisionRow(NamedTuple):
    """The cells of a row by the fact that their column holds, and where it stands."""

    number: int
    cells: Mapping[str, str]
    texts: Sequence[str]

    @property
    def has_code(self) -> bool:
        """Whether digits stand where the code should, and the row adds nothing up."""
        code, name = self.cells[CODE], self.cells[NAME]
        if not code.isdigit() and (not any(map(str.isdigit, code)) or _HAN.search(code)):
            return False
        return name[:1] not in _ADDING or not _TOTAL.match(compact(name))


def row_in(header: TableHeader, number: int, cells: Sequence[Cell]) -> DivisionRow:
    """A row of the table below `header`."""
    texts = {
        column.fact: text_of(cells[column.index]) if column.index < len(cells) else ""
        for column in header.columns
    }
    own = cells[header.span.start : header.span.stop]
    return DivisionRow(number, texts, [text for cell in own if (text := text_of(cell))])


def place_in(row: DivisionRow) -> TablePlace | LeftoverKind:
    """The place that a row with a code tells, or that it is none of the tree: a province, or the
    place above once more. Refuses what cannot be read, with the row."""
    code = _code_of(row.cells[CODE], row.number)
    name = check_name_of(row.cells[NAME], row.number)
    kind = level_of(code)
    if kind is None or (kind is Kind.CITY and code != city_of(code)):
        return LeftoverKind.ROWS_REPEATED
    above = next((row.cells[one] for one in PARENTS_NEAREST_FIRST if row.cells.get(one)), "")
    parent = _code_of(above, row.number) if above and kind is not Kind.CITY else parent_of(code)
    if parent and level_of(parent) is Kind.CITY:
        parent = city_of(parent)
    if parent == code:
        return LeftoverKind.ROWS_REPEATED
    return TablePlace(code, name, parent, kind, row.number)


def kind_without_code(row: DivisionRow, *, is_merged: bool) -> LeftoverKind:
    """What a row without a code is; refuses one that names a place all the same, or has letters for
    a code. `is_merged` tells that it is one text across columns."""
    if is_merged or any(map(_TOTAL.match, map(compact, row.texts))):
        return LeftoverKind.ROWS_MARGIN
    code, name = row.cells[CODE], row.cells[NAME]
    is_lacking = _NO_CODE.fullmatch(compact(code)) is not None
    if name and code and not is_lacking and not _HAN.search(code):
        padded(code, row.number)
    if name and (is_lacking or _PLACE.fullmatch(compact(name))):
        raise Refused(
            "division.code-missing",
            gettext_noop(
                "Row %(row)s: %(name)s has no code. Write it, or delete the row if it is no place."
            ),
            row=row.number,
            name=name[:40],
        )
    return LeftoverKind.ROWS_MARGIN


def _code_of(text: str, row: int) -> str:
    """The 12 digits of a code as spreadsheets keep it: with .0, an apostrophe, blanks."""
    if text.isascii() and text.isdigit():
        return padded(text, row)
    if _ROUNDED.fullmatch(text):
        raise Refused(
            "division.rounded",
            gettext_noop(
                "Row %(row)s: %(division)s has lost its last digits. Format the column as text "
                "in the original table, and take the codes from there once more."
            ),
            row=row,
            division=text,
        )
    return padded(_FRACTION.sub("", bare(text).replace(" ", "")), row)

"""Registers of households as communities keep them, built in code."""

from collections.abc import Sequence

from baodao.householdsheets.queries.sheets import (
    RegisterScope,
    RegisterTable,
    read_register,
    read_sheet,
)
from baodao.householdsheets.rules.households import RegisterRules
from baodao.residents.rules.households import CATEGORIES
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.workbooks import Merge, SourceSheet
from tests.rosters.sheets import Tab, xlsx

YEAR = 2026
HEADER = ("序号", "户主", "姓名", "与户主关系", "出生年份", "联系电话", "家庭住址", "困难类别")
RULES = RegisterRules(dict.fromkeys(CATEGORIES, ""), {"第一网格": 7}, YEAR, writes_children=True)


def table(*tabs: Tab, rules: RegisterRules = RULES, **scope: object) -> RegisterTable:
    """A workbook of these sheets, read."""
    return read_register(xlsx(*tabs), rules, RegisterScope(**scope))  # type: ignore[arg-type]


def told(read: RegisterTable) -> dict[str, list[str]]:
    """Whom each household has: the names of its people by that of its head."""
    return {
        one.facts.entry.name: [person.name for person in one.facts.people]
        for one in read.households
    }


def kinds(read: RegisterTable) -> list[tuple[int, str]]:
    """The row and the kind of each fault."""
    return [(fault.row, fault.kind) for faults in read.faults for fault in faults]


def streamed(rows: Sequence[Sequence[Cell]], merges: Sequence[Merge] = ()) -> RegisterTable:
    """A sheet of these rows, read without a workbook around it."""
    read = RegisterTable()
    source = SourceSheet("", False, 0, merges, iter(enumerate(rows, 1)))
    read_sheet(source, RULES, RegisterScope(), read)
    return read

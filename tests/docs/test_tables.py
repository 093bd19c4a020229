"""Tables of the papers say each thing once, and the glossary has its nouns in order."""

import re
from itertools import pairwise

import pytest

from tests.docs.papers import Paper, papers
from tests.environment import ROOT

TABLE = re.compile(r"^\|.*\|\n\|[-|: ]+\|\n((?:\|.*\|\n?)+)", re.MULTILINE)


def _first_cells(text: str) -> list[list[str]]:
    """What each row of each table is about."""
    tables = (table.splitlines() for table in TABLE.findall(text))
    return [[row.split("|")[1].strip() for row in rows] for rows in tables]


def _doubles(text: str) -> list[str]:
    return [
        cell
        for cells in _first_cells(text)
        for cell in sorted(set(cells))
        if cell and cells.count(cell) > 1
    ]


@pytest.mark.parametrize("paper", papers(), ids=str)
def test_no_table_has_a_row_twice(paper: Paper) -> None:
    assert _doubles(paper.text) == []


def test_a_row_that_stands_twice_is_noticed() -> None:
    assert _doubles("| name | is |\n|---|---|\n| a | 1 |\n| b | 2 |\n| a | 3 |\n") == ["a"]


def test_the_glossary_is_sorted_by_noun_and_by_verb() -> None:
    nouns, verbs = _first_cells((ROOT / "docs" / "glossary.md").read_text())
    assert len(nouns) > 50
    words = (*pairwise(nouns), *pairwise(verbs))
    wrong = [after for before, after in words if before.casefold() > after.casefold()]
    assert wrong == []

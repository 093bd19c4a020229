"""The manual names buttons, pages and refusals with the words that stand on the screen."""

import re
from functools import cache

import polib
import pytest

from tests.docs.papers import Paper, manual
from tests.environment import ROOT

QUOTED = re.compile(r"“([^”]+)”")
REFUSALS = re.compile(r"^\| 页面写着 \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
LEAST = 2
"""Pieces shorter than this, between the places for facts, are not looked for."""


@cache
def _on_screen() -> str:
    """Every Chinese word a page can show, spaces left out."""
    catalogues = sorted((ROOT / "baodao").glob("*/locale/zh_Hans/LC_MESSAGES/*.po"))
    entries = [entry for file in catalogues for entry in polib.pofile(str(file))]
    words = [entry.msgstr or entry.msgstr_plural.get(0, "") for entry in entries]
    words += [file.read_text() for file in (ROOT / "baodao").glob("*/templates/**/*.html")]
    return "\n".join(_bare(word) for word in words)


def _bare(words: str) -> str:
    return re.sub(r"\s", "", re.sub(r"%\(\w+\)s", "…", words))


def _unknown(quoted: str) -> list[str]:
    """The pieces between places for facts (…… or N) that no page shows."""
    pieces = re.split(r"…+|N|(?<![A-Za-z])PDF|Excel|Word|JSON|EN", _bare(quoted))
    pieces = [piece.strip("。：，") for piece in pieces]
    return [piece for piece in pieces if len(piece) >= LEAST and piece not in _on_screen()]


def _refusals(paper: Paper) -> list[str]:
    """The first column of the tables that explain refusals."""
    tables = REFUSALS.findall(paper.text)
    return [row.split("|")[1].strip() for table in tables for row in table.splitlines()]


@pytest.mark.parametrize("paper", manual(), ids=str)
def test_what_it_quotes_stands_on_a_page(paper: Paper) -> None:
    quoted = QUOTED.findall(paper.prose())
    assert {words: wrong for words in quoted if (wrong := _unknown(words))} == {}


@pytest.mark.parametrize("paper", manual(), ids=str)
def test_the_refusals_it_explains_are_those_that_are_given(paper: Paper) -> None:
    assert {words: wrong for words in _refusals(paper) if (wrong := _unknown(words))} == {}


def test_a_button_that_is_nowhere_is_noticed() -> None:
    assert _unknown("点一下就自动报到") != []
    assert _unknown("给 N 人开介绍信") == []

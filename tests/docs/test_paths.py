"""What the papers point at is there: links, files and folders, pictures of the manual."""

import re

import pytest

from tests.docs.papers import LINK, PICTURE, Paper, manual, papers
from tests.environment import ROOT
from tests.journeys.seats import pictures

PACKAGE = ROOT / "baodao"
PATH = re.compile(r"[\w.{},*-]+(?:/[\w.{},*-]+)*/?")
FILE = re.compile(r"\w\.(?:py|md|txt|html|js|css|toml|po|typ)$")
MADE = ("var", "node_modules", ".venv", "docs/manual/unit/pages/home-desk.png")
"""Not in git: brought by the set-up, or drawn by the journeys."""

each_paper = pytest.mark.parametrize("paper", papers(), ids=str)


def _pictures_made() -> set[str]:
    """The names under which the journeys keep their pictures."""
    sources = (ROOT / "tests" / "journeys").glob("test_*.py")
    found = {
        name for file in sources for name in re.findall(r'picture\("([^"]+)"', file.read_text())
    }
    return found | set(pictures())


def _is_there(words: str) -> bool:
    """A path from the root, from the package, or of a file in some slice such as `rules.py`."""
    if words.startswith(MADE):
        return True
    braces = re.search(r"\{([\w,-]+)\}", words)
    if braces:
        whole = [words.replace(braces[0], part, 1) for part in braces[1].split(",")]
        return all(_is_there(one) for one in whole)
    return any(
        any(place.glob(pattern))
        for place in (ROOT, PACKAGE)
        for pattern in (words, f"*/{words}", f"*/*/{words}")
    )


def _paths(paper: Paper) -> list[str]:
    """What stands in backticks and looks like a path of this repository."""
    tops = {place.name for place in ROOT.iterdir()} | {place.name for place in PACKAGE.iterdir()}
    return [
        words
        for words in paper.inline()
        if PATH.fullmatch(words)
        and (FILE.search(words) or ("/" in words and words.split("/")[0] in tops))
    ]


@each_paper
def test_every_path_in_backticks_exists(paper: Paper) -> None:
    assert [words for words in _paths(paper) if not _is_there(words.rstrip("/"))] == []


@each_paper
def test_every_link_leads_somewhere(paper: Paper) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(paper.text) if "://" not in link]
    missing = [link for link in targets if link and not (paper.path.parent / link).exists()]
    assert missing == []


def _pictures_shown(paper: Paper) -> set[str]:
    """The names of the pictures that a paper shows."""
    shown = [(paper.path.parent / name).resolve() for _words, name in PICTURE.findall(paper.text)]
    return {str(place.relative_to(ROOT / "docs" / "manual").with_suffix("")) for place in shown}


@each_paper
def test_every_picture_is_one_that_the_journeys_take(paper: Paper) -> None:
    assert _pictures_shown(paper) - _pictures_made() == set()


def test_every_picture_that_the_journeys_take_is_shown_in_the_manual() -> None:
    shown = {name for paper in manual() for name in _pictures_shown(paper)}
    assert _pictures_made() - shown == set()


def test_every_picture_says_in_words_what_it_shows() -> None:
    silent = [
        name for paper in papers() for words, name in PICTURE.findall(paper.text) if not words
    ]
    assert silent == []


def test_every_page_of_the_manual_and_every_how_to_is_reached_from_its_first_page() -> None:
    folders = [*(ROOT / "docs" / "manual").iterdir(), ROOT / "docs" / "how-to"]
    lost = [
        str(page.relative_to(ROOT))
        for folder in folders
        if folder.is_dir()
        for page in folder.glob("*.md")
        if page.name != "README.md" and f"({page.name}" not in (folder / "README.md").read_text()
    ]
    assert lost == []

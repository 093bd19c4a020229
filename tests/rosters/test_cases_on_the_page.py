"""Every small roster of officials through the page on which it is uploaded: the sums shown."""

import re
from pathlib import Path

import pytest

from tests.registration.browsing import browser, text
from tests.rosters.test_roster_pages import upload
from tests.world import World

CASES = Path(__file__).parents[1] / "rostersheets" / "cases"
RIGHT = {
    "c01": (10, 10),
    "c02": (22, 0),
    "c03": (10, 10),
    "c09": (12, 12),
    "c10": (10, 10),
    "c11": (9, 9),
    "c15d": (6, 6),
    "c16b": (11, 4),
    "c17b": (4, 4),
    "c19": (5, 5),
    "c19b": (6, 4),
    "c20": (3, 1),
    "c22": (7, 7),
    "c22b": (7, 0),
    "d01": (6, 6),
    "d02": (8, 8),
    "d10": (4, 4),
    "d54": (4, 4),
    "e01": (6, 3),
    "e02": (5, 3),
    "e03": (9, 6),
    "f01": (3, 3),
    "f02": (3, 3),
    "f03": (4, 4),
    "g02": (4, 4),
}
"""Of each file: people, and those without a problem; of c22b nothing says the branch."""
SUM = re.compile(
    r"共读取 (\d+) 行 = 没有问题 (\d+) 人 \+ 有问题 (\d+) 人 \+ 已离开 (\d+) 人 \+ 非人员 (\d+) 行"
)


@pytest.mark.parametrize("name", RIGHT)
def test_the_page_shows_the_right_sums(world: World, name: str) -> None:
    people, good = RIGHT[name]
    [file] = CASES.glob(f"{name}_*")
    page = text(upload(browser(world, "dai"), file.read_bytes(), file.name))
    assert f"读到 {people} 人，其中 {good} 人没有问题" in page
    [numbers] = SUM.findall(page)
    rows, fine, faulty, gone, others = map(int, numbers)
    assert (fine, fine + faulty) == (good, people)
    assert fine + faulty + gone + others == rows


def test_every_file_has_its_right_value() -> None:
    assert {file.name.split("_")[0] for file in CASES.iterdir()} == set(RIGHT)

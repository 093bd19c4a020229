"""Every small roster of officials through the page on which it is uploaded and through the command:
the sums told."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from baodao.operations.command import main
from tests.registration.browsing import browser, text
from tests.rosters.test_roster_pages import upload
from tests.world import World

CASES = Path(__file__).parents[1] / "rostersheets" / "cases"
RIGHT = {
    "c01": (10, 10, 10),
    "c02": (22, 0, None),
    "c03": (10, 10, None),
    "c09": (12, 12, None),
    "c10": (10, 10, 6),
    "c11": (9, 9, 5),
    "c15d": (6, 6, None),
    "c16b": (11, 4, None),
    "c17b": (4, 4, None),
    "c19": (5, 5, None),
    "c19b": (6, 4, None),
    "c20": (3, 1, None),
    "c22": (7, 7, 4),
    "c22b": (7, 0, 4),
    "d01": (6, 6, None),
    "d02": (8, 8, 4),
    "d10": (4, 4, None),
    "d54": (4, 4, 3),
    "e01": (6, 3, None),
    "e02": (5, 3, None),
    "e03": (9, 6, None),
    "f01": (3, 3, None),
    "f02": (3, 3, None),
    "f03": (4, 4, 3),
    "g02": (4, 4, 3),
}
"""Of each file: people, those without a problem, and those in service where the file is about that;
of c22b nothing says the branch."""
SUM = re.compile(
    r"文件中共 (\d+) 人 = 没有问题 (\d+) 人 \+ 有问题 (\d+) 人 \+ 已离开 (\d+) 人；"
    r"另有 (\d+) 行不是人员"
)


@pytest.mark.parametrize("name", RIGHT)
def test_the_page_and_the_command_tell_the_right_sums(
    world: World,
    name: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people, good, in_service = RIGHT[name]
    [file] = CASES.glob(f"{name}_*")
    page = text(upload(browser(world, "dai"), file.read_bytes(), file.name))
    assert f"读到 {people} 人，其中 {good} 人没有问题" in page
    [numbers] = SUM.findall(page)
    listed, fine, faulty, gone, _others = map(int, numbers)
    assert (fine, fine + faulty) == (good, people)
    assert fine + faulty + gone == listed
    monkeypatch.setattr(settings, "EMBEDDED", False)
    assert main(["roster", "import", str(file), "--unit", "U1001", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[one] for one in ("people", "good", "listed")] == [people, good, listed]
    assert told["in_service"] == (told["in_service"] if in_service is None else in_service)


def test_every_file_has_its_right_value() -> None:
    assert {file.name.split("_")[0] for file in CASES.iterdir()} == set(RIGHT)

"""The page of health: what needs attention stands first."""

import re

from tests.registration.browsing import browser, text
from tests.world import World


def test_what_needs_attention_stands_before_what_is_in_order(world: World) -> None:
    page = text(browser(world, "sun").get("/health/"))
    marks = re.findall(r'data-label="状态">(✓|!|✗)', page)
    assert set(marks) > {"✓"}
    troubles = [mark for mark in marks if mark != "✓"]
    assert marks[: len(troubles)] == troubles

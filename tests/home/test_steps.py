"""The way of a member as a row of steps: what is done says so, and nothing else does."""

import pytest

from baodao.home.tables.steps import steps_to


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", "介绍信* 待出示 社区接收 已报到"),
        ("issued", "介绍信 待出示* 社区接收 已报到"),
        ("returned", "介绍信 待出示* 社区接收 已报到"),
        ("submitted", "介绍信 已出示 社区接收* 已报到"),
        ("accepted", "介绍信 已出示 社区接收 已报到"),
        ("ended", "介绍信* 待出示 社区接收 已报到"),
    ],
)
def test_a_step_is_called_done_once_it_is(state: str, shown: str) -> None:
    steps = steps_to(state)
    words = [f"{step.label}{'*' if step.state == 'current' else ''}" for step in steps]
    assert " ".join(words) == shown
    assert ("已出示" in shown) is (state in ("submitted", "accepted"))

"""Why somebody has not reported, by table."""

import pytest

from baodao.checklist.rules.reasons import Why, why_missing


@pytest.mark.parametrize(
    ("state", "effect", "expected"),
    [
        (None, None, Why.NO_LETTER),
        ("issued", None, Why.NOT_PRESENTED),
        ("submitted", None, Why.WAITING),
        ("returned", None, Why.RETURNED),
        ("accepted", None, None),
        (None, "full", Why.EXEMPT),
        (None, "delay", Why.DELAYED),
        (None, "other-place", Why.OTHER_PLACE),
        (None, "pro-rata", Why.NO_LETTER),
        ("issued", "delay", Why.DELAYED),
        ("issued", "pro-rata", Why.NOT_PRESENTED),
        ("returned", "full", Why.EXEMPT),
        ("submitted", "full", Why.WAITING),
        ("accepted", "full", None),
    ],
)
def test_everybody_missing_has_one_reason(
    state: str | None, effect: str | None, expected: Why | None
) -> None:
    assert why_missing(state, effect) is expected

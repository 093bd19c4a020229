"""What both Python and the script of the phone decide of a line: the same table for the two."""

from typing import Any

from baodao.attendance.rules.lines import FORMS

BOUNDS: dict[str, Any] = {
    "opens_at": 1_000_000,
    "closes_at": 1_014_400,
    "expires_at": 1_600_000,
    "adds": True,
    "codes": ["A", "B", "C", "T"],
    "shared": ["T"],
    **FORMS,
}
GOOD = {"now": 1_001_000, "instant": 1_001_000, "code": "A"}
WALK_IN = {"now": 1_001_000, "instant": 1_001_000, "code": None, "name": "何新", "tail": "0012"}

CASES: list[tuple[dict[str, Any], str | None]] = [
    (GOOD, None),
    (WALK_IN, None),
    (GOOD | {"instant": 999_999}, "line.early"),
    (GOOD | {"instant": 1_000_000}, None),
    (GOOD | {"instant": 1_014_400}, None),
    (GOOD | {"instant": 1_014_401}, "line.late"),
    (GOOD | {"now": 1_600_000}, None),
    (GOOD | {"now": 1_600_001}, "line.late-delivery"),
    (GOOD | {"now": 1_600_001, "instant": 1}, "line.late-delivery"),
    (GOOD | {"code": "D"}, "line.strange"),
    (GOOD | {"code": ""}, "line.strange"),
    (GOOD | {"code": "T"}, "line.shared"),
    (WALK_IN | {"name": ""}, "line.name"),
    (WALK_IN | {"name": "何"}, "line.name"),
    (WALK_IN | {"name": "何 "}, "line.name"),
    (WALK_IN | {"name": "𠮷野"}, None),
    (WALK_IN | {"tail": "1CM2"}, None),
    (WALK_IN | {"tail": "1cm2"}, "line.tail"),
    (WALK_IN | {"tail": ""}, "line.tail"),
    (WALK_IN | {"tail": "012"}, "line.tail"),
    (WALK_IN | {"tail": "00123"}, "line.tail"),
    (WALK_IN | {"tail": "００１２"}, "line.tail"),
    (WALK_IN | {"tail": "0012\n"}, "line.tail"),
]
"""The facts of a line that stands against `BOUNDS`, and which rule it breaks."""

"""Several people written into one row: how many, and what they are called."""

import re
from typing import NamedTuple

from baodao.people.rules.names import HAN, is_name, is_of_sounds, name_of
from baodao.spreadsheets.cells import Cell, plain_digits

MARKS = re.compile(r"[、，,;；/|\n]+")
BLANKS = re.compile(rf"(?<=[{HAN}]{{2}})\s+(?=[{HAN}]{{2}})")
BETWEEN = re.compile("[和与及]")
"""What stands between two names of two characters or more, and in the middle of few names."""

NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
LONGEST_NAME = 4


class SharedRow(NamedTuple):
    """The `people` of one row, and the names of those who have one."""

    names: tuple[str, ...]
    people: int


def shared_row_of(name_cell: Cell, id_cell: Cell) -> SharedRow | None:
    """The people whose names or numbers share these cells; None for one person or nobody."""
    names = _names(str(name_cell))
    numbers = set(NUMBER.findall(plain_digits(str(id_cell))))
    people = max(len(names), len(numbers))
    return SharedRow(tuple(names), people) if people > 1 else None


def may_be_several(name: str) -> bool:
    """Whether a name is longer than one person's, so that its cell needs a second look."""
    return len(name) > LONGEST_NAME and "·" not in name


def _names(text: str) -> list[str]:
    parts = [name_of(part) for part in MARKS.split(text) if part.strip()]
    if len(parts) == 1 and "·" not in parts[0]:
        parts = [name_of(part) for part in BLANKS.split(text.strip())]
        if sum(map(len, parts)) <= LONGEST_NAME:
            return []
        if len(parts) == 1 and not is_of_sounds(parts[0]):
            parts = BETWEEN.split(parts[0])
    return parts if len(parts) > 1 and all(map(is_name, parts)) else []

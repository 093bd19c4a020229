"""Several people written into one row: how many, and what they are called."""

import re
from typing import NamedTuple

from baodao.people.rules.names import DOTS, HAN, has_surname, is_name, is_of_sounds, name_of
from baodao.rostersheets.rules.marks import may_be_marked, name_fault
from baodao.spreadsheets.cells import Cell, plain_digits, text_of

MARKS = re.compile(r"[、，,;；/|+＋&＆\n]+")
BLANKS = re.compile(rf"(?<=[{HAN}]{{2}})\s+(?=[{HAN}]{{2}})")
BETWEEN = re.compile("[和与及]")
"""What stands between two names of two characters or more, and in the middle of few names."""

NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
STOPS = re.compile(rf"(?<=[{HAN}])[.．﹒。｡●˙](?=[{HAN}])")
PARTED = re.compile("|".join(one.pattern for one in (MARKS, BLANKS, STOPS)))
OTHERS = re.compile(r"[等共]{1,2}([0-9]{1,2}|[二两三四五六七八九十])[人名位]$")
FIGURES = {figure: count for count, figure in enumerate("二三四五六七八九十", start=2)} | {"两": 2}
"""张三等2人 are two, of whom one is named."""

LONGEST_NAME = 4


class SharedRow(NamedTuple):
    """The `people` of one row, and the names of those who have one."""

    names: tuple[str, ...]
    people: int

    @property
    def is_certain(self) -> bool:
        """Whether each name is read as a person's, so that no more need stand in the row."""
        known = [has_surname(name) or is_of_sounds(name) for name in self.names]
        return bool(known) and all(known)


def shared_row_of(name_cell: Cell, id_cell: Cell) -> SharedRow | None:
    """The people whose names or numbers share these cells; None for one person or nobody."""
    text = str(name_cell)
    others = OTHERS.search(text_of(text))
    names = _names(OTHERS.sub("", text_of(text)) if others else text)
    stated = int(FIGURES.get(others[1], 0) or others[1]) if others else 0
    numbers = set(NUMBER.findall(plain_digits(str(id_cell))))
    people = max(len(names), len(numbers), stated)
    return SharedRow(tuple(names), people) if people > 1 else None


def may_be_several(cell: Cell, name: str) -> bool:
    """Whether a name is longer than one person's, or its cell parted, so that it needs a second
    look."""
    is_long = len(name) > LONGEST_NAME and "·" not in name
    return is_long or PARTED.search(str(cell)) is not None


def _names(text: str) -> list[str]:
    words = (text_of(word) for word in MARKS.split(text))
    parts = [name for word in words if word for name in _parted(word)]
    return parts if len(parts) > 1 and all(map(is_name, parts)) else []


def _parted(text: str) -> list[str]:
    """The names that blanks, stops or 和 part; a name of several parts stays one."""
    stopped = STOPS.split(text)
    if len(stopped) > 1 and not is_of_sounds("".join(stopped)) and all(map(has_surname, stopped)):
        return stopped
    name = name_of(text)
    if "·" in name and name == "·".join(DOTS.sub("·", text).split()):
        return [name]
    parts = [name_of(part) for part in BLANKS.split(text)]
    if sum(map(len, parts)) <= LONGEST_NAME:
        return parts if not is_of_sounds(name) and all(map(has_surname, parts)) else [name]
    if len(parts) == 1 and not is_of_sounds(name):
        return BETWEEN.split(name)
    return parts


def plain_name(cell: Cell) -> str:
    """The name of a cell; "" for one that needs a second look."""
    name = name_of(cell)
    is_plain = not name_fault(name) and not may_be_several(cell, name) and not may_be_marked(name)
    return name if is_plain else ""

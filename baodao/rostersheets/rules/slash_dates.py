"""Dates such as 5/1/1980, of which only the whole table tells whether the day stands first."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.rostersheets.rules.roster import RosterRow

FORM = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([12][0-9]{3})")
Order = Callable[[int, int, int], date]


class SlashDate(NamedTuple):
    """One that stands for a fact in a row, with the problem that it is if nothing decides."""

    row: int
    fact: RosterFact
    text: str
    problem: RosterProblem


def is_slash_date(text: str) -> bool:
    """Whether day and month stand before the year, in whichever order."""
    return FORM.fullmatch(text) is not None


def settle_slashes(
    slashes: Sequence[SlashDate], rows: Mapping[int, RosterRow], today: date
) -> tuple[list[RosterProblem], dict[int, date]]:
    """Read them in the one order in which all are dates and birthdays agree with the ID numbers.

    Returns the problems that are left, and when the people of `rows` joined. If both orders fit
    and differ, or none, nothing is guessed.
    """
    every = [_read(slashes, rows, order) for order in (_month_first, _day_first)]
    readings = [reading for reading in every if reading is not None]
    if not readings or any(reading != readings[0] for reading in readings):
        return [slash.problem for slash in slashes], {}
    problems: list[RosterProblem] = []
    joined: dict[int, date] = {}
    for slash, on in zip(slashes, readings[0], strict=True):
        row = rows.get(slash.row)
        if on > today or (row is not None and on < row.born_on):
            problems.append(slash.problem)
        elif slash.fact is RosterFact.JOINED_ON:
            joined[slash.row] = on
    return problems, joined


def _read(
    slashes: Sequence[SlashDate], rows: Mapping[int, RosterRow], order: Order
) -> list[date] | None:
    days = []
    for slash in slashes:
        match = FORM.fullmatch(slash.text)
        assert match is not None
        try:
            on = order(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            return None
        is_birthday = slash.fact is RosterFact.BORN_ON and slash.row in rows
        if is_birthday and on != rows[slash.row].born_on:
            return None
        days.append(on)
    return days


def _month_first(first: int, second: int, year: int) -> date:
    return date(year, first, second)


def _day_first(first: int, second: int, year: int) -> date:
    return date(year, second, first)

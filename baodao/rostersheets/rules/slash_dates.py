"""Dates such as 5/1/1980 and 80.5.1, of which the whole table tells what stands first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.problems import MESSAGES, RosterProblem
from baodao.rostersheets.rules.roster import RosterRow
from baodao.spreadsheets.date_orders import DateColumn, DateColumns, form_of


class SlashDate(NamedTuple):
    """One that stands for a fact in a row, with the problem that it is if nothing decides."""

    row: int
    fact: RosterFact
    text: str
    problem: RosterProblem


class SlashReadings(NamedTuple):
    """The problems that are left, when people joined, and how the dates of each form are read."""

    problems: list[RosterProblem]
    joined: dict[int, date]
    columns: list[DateColumn]


def settle_slashes(
    slashes: Sequence[SlashDate],
    rows: Mapping[int, RosterRow],
    today: date,
    answers: Mapping[str, str],
) -> SlashReadings:
    """Read them in the one order in which all are dates and birthdays agree with the ID numbers of
    `rows`; if several fit and differ it is asked which, unless `answers` say so."""

    def born(slash: SlashDate) -> date | None:
        row = rows.get(slash.row)
        return row.born_on if row and slash.fact is RosterFact.BORN_ON else None

    dates = DateColumns.of(((one.text, born(one)) for one in slashes), today, answers)
    problems: list[RosterProblem] = []
    joined: dict[int, date] = {}
    for slash in slashes:
        on, row = dates.read(slash.text, born(slash)), rows.get(slash.row)
        form = form_of(slash.text)
        if on is None and form and len(dates.forms[form].orders) > 1:
            kind = "date-order"
            problems.append(replace(slash.problem, kind=kind, message=MESSAGES[kind]))
        elif on is None or (row is not None and on < row.born_on):
            problems.append(slash.problem)
        elif slash.fact is RosterFact.JOINED_ON:
            joined[slash.row] = on
    return SlashReadings(problems, joined, list(dates.forms.values()))

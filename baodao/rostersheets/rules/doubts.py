"""What seems wrong with a row until its column has been read: numbers, birthdays, dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from baodao.people.rules.dates import ReadDate
from baodao.rostersheets.rules.problems import OF_COLUMNS, RosterProblem
from baodao.rostersheets.rules.roster import RosterRow
from baodao.rostersheets.rules.slash_dates import SlashDate, settle_slashes
from baodao.spreadsheets.cells import Cell, Memo
from baodao.spreadsheets.date_orders import DateColumn
from baodao.spreadsheets.leftovers import row_ranges

ROUNDED_END = "000"
FEW = 3
"""From so many cells on, if they are half of all, a fault is told of the column."""


@dataclass
class Doubts:
    """Problems of a table that its columns as a whole confirm, explain or gather into one.

    `births` are birthdays on the first of the right month, `dates` what is no date for sure,
    `slashes` dates whose order is not known yet, `columns` how they are read,
    `masked` ID numbers with hidden digits, `lost` those whose last are gone for certain, `rounded`
    valid ones that end as rounded ones do. `rows` are the people about whom nothing else is wrong,
    by their row.
    """

    births: list[RosterProblem] = field(default_factory=list)
    dates: list[RosterProblem] = field(default_factory=list)
    slashes: list[SlashDate] = field(default_factory=list)
    columns: list[DateColumn] = field(default_factory=list)
    masked: list[RosterProblem] = field(default_factory=list)
    lost: list[RosterProblem] = field(default_factory=list)
    rounded: list[RosterProblem] = field(default_factory=list)
    rows: dict[int, RosterRow] = field(default_factory=dict)

    def settle_slashes(self, today: date, answers: Mapping[str, str]) -> None:
        """Read what can be read in one order only, or in that which somebody answered; the others
        are no dates for sure."""
        args = self.slashes, self.rows, today, answers
        problems, joined, self.columns = settle_slashes(*args)
        self.dates += problems
        for number, on in joined.items():
            if number in self.rows:
                self.rows[number] = self.rows[number]._replace(joined_on=on)

    def standing(self, born: Memo[Cell, ReadDate | None], people: int) -> list[RosterProblem]:
        """The problems that stand when `people` rows were read with these birthdays."""
        births = [] if is_in_months(born) else self.births
        several = len(self.rounded) > 1 and 2 * len(self.rounded) >= people
        rounded = self.rounded if self.lost or several else []
        standing = [*births, *self.dates, *self.masked, *self.lost, *rounded]
        return sorted(standing, key=lambda problem: problem.row)


def is_in_months(dates: Memo[Cell, ReadDate | None]) -> bool:
    """Whether a column tells no day but the first: months, which Excel keeps as 1980-05-01."""
    return all(read is None or read.on.day == 1 for read in dates.values())


def gathered(problems: list[RosterProblem], header_row: int, people: int) -> list[RosterProblem]:
    """The same problems, those of numbers or dates as one of their column if half of it has
    them."""
    groups: dict[tuple[str, str], list[RosterProblem]] = {}
    for problem in problems:
        groups.setdefault((problem.kind, problem.column), []).append(problem)
    whole: list[RosterProblem] = []
    for (kind, _), group in groups.items():
        if kind in OF_COLUMNS and len(group) >= FEW and 2 * len(group) >= people:
            whole.append(_of_column(group, header_row))
        else:
            whole += group
    return whole


def _of_column(group: list[RosterProblem], header_row: int) -> RosterProblem:
    first, rows = group[0], [problem.row for problem in group]
    facts = {
        **first.facts,
        "count": len(group),
        "rows": row_ranges(rows),
    }
    message = OF_COLUMNS[first.kind]
    return RosterProblem(first.sheet, header_row, first.column, first.kind, message, facts)

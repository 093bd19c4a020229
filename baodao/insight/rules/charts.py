"""Charts of an organisation: each declared once, with what it draws of which metrics, and where."""

from dataclasses import dataclass
from enum import StrEnum

from baodao.figures.rules.sheets import COMMUNITIES_UP, UNITS_UP
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.tree import Kind


class By(StrEnum):
    """What the rows of a chart are: what stands below in the tree, months, ages in days."""

    CHILD = "child"
    MONTH = "month"
    AGE = "age"


@dataclass(frozen=True)
class Drawing:
    """A chart: the figures of `metrics`, by their codes, row by row; at these `levels`.

    By month the one metric is told apart by kind of service.
    """

    heading: str
    meaning: str
    metrics: tuple[str, ...]
    by: By
    levels: tuple[Kind, ...]


_HOURS = gettext_noop("Hours by month and kind")
_HOURS_MEANING = gettext_noop("Hours of each month of the period, by kind of service.")

DRAWINGS = (
    Drawing(
        gettext_noop("Who has registered"),
        gettext_noop(
            "Members in service, of each row as a whole: registered, waiting, exempt, missing."
        ),
        ("registered", "waiting", "exempt", "missing"),
        By.CHILD,
        UNITS_UP,
    ),
    Drawing(
        _HOURS,
        _HOURS_MEANING,
        ("minutes",),
        By.MONTH,
        (Kind.BRANCH, Kind.UNIT),
    ),
    Drawing(_HOURS, _HOURS_MEANING, ("minutes_here",), By.MONTH, COMMUNITIES_UP),
    Drawing(
        gettext_noop("How long needs have waited"),
        gettext_noop("Needs without help, by how many days ago they were collected."),
        ("needs_without_help",),
        By.AGE,
        COMMUNITIES_UP,
    ),
)


def drawings_at(level: Kind) -> tuple[Drawing, ...]:
    """The charts of an organisation of this kind."""
    return tuple(one for one in DRAWINGS if level in one.levels)


@dataclass(frozen=True)
class Age:
    """From `least` to `most` days, both counted; without `most` there is no end."""

    least: int
    most: int | None = None

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.least}-{'' if self.most is None else self.most}"

    def holds(self, days: int) -> bool:
        """Whether so many days lie in it."""
        return self.least <= days and (self.most is None or days <= self.most)


AGES = (Age(0, 7), Age(8, 30), Age(31, 90), Age(91, 180), Age(181))
MOST_KINDS = 5
"""Kinds told apart by colour; the others stand together."""

"""What a metric is: one declaration, from which its number, rows, column and words come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from baodao.figures.rules.sheets import StatSheet
from baodao.figures.rules.sources import Source
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind
from baodao.tallies.rules.conditions import EVERY, NAME, Condition, Trait


class Measure(StrEnum):
    """How the rows that count make a figure, which is always a whole number.

    How many they are; their minutes added up; the earliest of their instants, in microseconds
    since 1970. 0 is nothing, or no instant.
    """

    COUNT = "count"
    MINUTES = "minutes"
    EARLIEST = "earliest"

    def together(self, figures: Iterable[int]) -> int:
        """The figure of a whole from those of its parts."""
        if self is Measure.EARLIEST:
            return min((figure for figure in figures if figure), default=0)
        return sum(figures)


@dataclass(frozen=True)
class Share:
    """A rate beside a figure: the code of the metric it is a part of, its heading on pages (a
    message id) and on paper (Chinese)."""

    of: str
    heading: str
    paper_heading: str


@dataclass(frozen=True)
class Metric:
    """A figure: of the rows of `source` those for which `condition` holds.

    `heading` and `meaning` are message ids; `paper_heading` is short and Chinese. `columns` are the
    official tables that show it, and at which levels. `amount` is the trait that is added up, or
    whose earliest instant is told; without one rows are counted. Only who has `readers` on an
    organisation sees it there.
    """

    code: str
    source: Source
    heading: str
    paper_heading: str
    meaning: str
    condition: Condition = EVERY
    columns: Mapping[StatSheet, tuple[Kind, ...]] = field(default_factory=dict, hash=False)
    share: Share | None = None
    measure: Measure = Measure.COUNT
    amount: Trait | None = None
    readers: Permission = Permission.FIGURE_READ

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.code):
            raise ValueError(f"no code of a metric: {self.code}")
        if (self.amount is None) != (self.measure is Measure.COUNT):
            raise ValueError(f"{self.code}: the amount and its measure belong together")
        for levels in self.columns.values():
            if not set(levels) <= set(self.source.levels):
                raise ValueError(f"{self.code}: a column where its source has no rows")

    @property
    def of_period(self) -> bool:
        """Whether it is a figure of the period; else of the instant alone."""
        return self.source.of_period or self.condition.of_period

    @property
    def traits(self) -> frozenset[str]:
        """What it asks of its rows."""
        amount = {self.amount.name} if self.amount else set()
        return self.condition.traits | amount

    def counts_with(self, other: "Metric") -> bool:
        """Whether both are figures of exactly the same rows."""
        return (self.source, self.condition) == (other.source, other.condition)

"""What every figure counts, as its declaration says: one line a metric."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import LEVELS, StatSheet


@dataclass(frozen=True)
class DefinitionLine:
    """A metric in the reader's words.

    `row` says what one row of it is and `presence` when that counts; `columns` are the tables that
    show it, each with its levels; `share` is the heading of what its rate is told of.
    """

    code: str
    heading: str
    paper_heading: str
    meaning: str
    row: str
    presence: str
    of_period: bool
    columns: list[tuple[str, str]]
    share: str


def definition_lines(metrics: Iterable[Metric]) -> list[DefinitionLine]:
    """A line for each metric."""
    return [
        DefinitionLine(
            metric.code,
            gettext(metric.heading),
            metric.paper_heading,
            gettext(metric.meaning),
            gettext(metric.source.words),
            gettext(metric.source.presence),
            metric.of_period,
            [(gettext(sheet.words), _levels(metric, sheet)) for sheet in metric.columns],
            gettext(METRICS[metric.share.of].heading) if metric.share else "",
        )
        for metric in metrics
    ]


def _levels(metric: Metric, sheet: StatSheet) -> str:
    """The levels at which it is a column, from below."""
    return "、".join(gettext(level.words) for level in LEVELS if level in metric.columns[sheet])

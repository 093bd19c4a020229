"""Why a report was asked for; who asked is known to the slice above that registers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.reports.models import Report


@dataclass(frozen=True)
class ReportCell:
    """A figure or an answer below its heading, with the rows behind it."""

    heading: str
    text: object
    url: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class Occasion:
    """Who asked for a report on which basis, and where that stands; what the report says; where it
    is answered anew, empty where it is not."""

    sender: str
    basis: str
    url: str
    cells: Sequence[ReportCell]
    again: str


OccasionSource = Callable[[Actor, UUID, Report], Occasion]
_SOURCES: list[OccasionSource] = []


def register_occasions(source: OccasionSource) -> None:
    """Let a slice above say what a report answers."""
    _SOURCES.append(source)


def occasion_of(actor: Actor, report: Report) -> Occasion | None:
    """What a report answers; None where nobody asked."""
    if report.occasion is None:
        return None
    [source] = _SOURCES
    return source(actor, report.occasion, report)

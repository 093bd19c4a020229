"""What each table shows of each kind of organisation, its totals and rates, and who comes first."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from baodao.insight.rules.catalogue import METRICS, Metric
from baodao.orgs.rules import Kind

Figures = dict[str, int]


class Sheet(StrEnum):
    """The official tables."""

    REGISTRATION = "registration"
    SERVICE = "service"


PEOPLE = ("in_service", "living_in_city", "registered", "waiting", "exempt", "missing")
MANAGED = ("members", *PEOPLE[:3], "registered_living", *PEOPLE[3:])
HOSTING = ("hosted", "hosted_waiting", "hosted_ended", "hosted_units")
PLACE = (
    *(*MANAGED, "units", "units_registered", "hosted", "hosted_waiting", "hosted_units"),
    *("communities", "communities_empty"),
)

SERVING = ("in_service", "served", "services", "minutes", "posts_held")
OWN = ("needs_collected", "needs_without_help", "needs_met", "needs_unmet", "offers_published")
"""What a community counts itself; in its table these stand in a row of their own."""
SERVED = ("hosted", "hosted_served", "services_here", "minutes_here", *OWN, "claims_live")
PLACE_SERVICE = (*SERVING, *SERVED)
OF_PERIOD = frozenset(PLACE_SERVICE) - {
    *("in_service", "hosted", "posts_held", "needs_without_help", "claims_live"),
}
"""The figures of a period; all others are of the instant alone."""

LEVELS: dict[Kind, tuple[str, ...]] = {
    Kind.BRANCH: PEOPLE,
    Kind.UNIT: MANAGED,
    Kind.COMMUNITY: HOSTING,
    Kind.STREET: PLACE,
    Kind.DISTRICT: PLACE,
    Kind.CITY: PLACE,
}
"""The figures of the registration table of each kind of organisation."""

SERVICE_LEVELS: dict[Kind, tuple[str, ...]] = {
    Kind.BRANCH: SERVING,
    Kind.UNIT: SERVING,
    Kind.COMMUNITY: SERVED,
    Kind.STREET: PLACE_SERVICE,
    Kind.DISTRICT: PLACE_SERVICE,
    Kind.CITY: PLACE_SERVICE,
}
"""The same for the service table."""

SHEETS = {Sheet.REGISTRATION: LEVELS, Sheet.SERVICE: SERVICE_LEVELS}

ROWS: dict[Kind, tuple[Kind, ...]] = {
    Kind.UNIT: (Kind.BRANCH,),
    Kind.STREET: (Kind.COMMUNITY, Kind.UNIT),
    Kind.DISTRICT: (Kind.STREET, Kind.UNIT),
    Kind.CITY: (Kind.DISTRICT, Kind.STREET, Kind.UNIT),
}
"""Which children make the rows; a branch's rows are its people, a community's the units."""

PLACES_WITH_OVERVIEW = (Kind.CITY, Kind.DISTRICT, Kind.STREET)
"""The kinds that have an overview; the others have their table alone."""

_BY_KIND: dict[Kind, tuple[str, ...]] = {
    Kind.BRANCH: (*MANAGED, *SERVING),
    Kind.UNIT: (*MANAGED, *SERVING, "units", "units_registered"),
    Kind.COMMUNITY: (*HOSTING, *SERVED, "communities", "communities_empty"),
    Kind.STREET: (*PLACE, *PLACE_SERVICE, "hosted_ended"),
    Kind.DISTRICT: (*PLACE, *PLACE_SERVICE, "hosted_ended"),
    Kind.CITY: (*PLACE, *PLACE_SERVICE, "hosted_ended"),
}


def applies(metric: str, kind: Kind) -> bool:
    """Whether the metric says anything of an organisation of this kind; else it is always 0."""
    return metric in _BY_KIND.get(kind, ())


def metric_of(code: str, kind: Kind) -> Metric | None:
    """The metric with this code, if it says anything of organisations of this kind."""
    return METRICS[code] if code in METRICS and applies(code, kind) else None


def total(rows: Iterable[Mapping[str, int]], metrics: Iterable[str]) -> Figures:
    """The sum of the rows, metric by metric: nothing else is ever shown as a total."""
    held = list(rows)
    return {metric: sum(row.get(metric, 0) for row in held) for metric in metrics}


def rate(part: int, whole: int) -> float | None:
    """Percent with one decimal; None where there is nobody to count. Never rounded up to 100."""
    if not whole:
        return None
    return 100.0 if part == whole else min(99.9, round(100 * part / whole, 1))


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal; only what is shown is rounded, never what is added."""
    return f"{minutes / 60:.1f}"


_LATEST = datetime.max.replace(tzinfo=UTC)


def by_rate(figures: Mapping[str, int]) -> tuple[bool, float]:
    """The order of units where a switch allows one: the highest share registered first, those with
    nobody in service last."""
    told = rate(figures.get("registered", 0), figures.get("in_service", 0))
    return told is None, -(told or 0)


def need(figures: Mapping[str, int], oldest: datetime | None) -> tuple[object, ...]:
    """The order of places: needs and nobody there first, then the most needs without help and the
    oldest of them, then most communities without anybody, then fewest helpers for each."""
    waiting, hosted = figures.get("needs_without_help", 0), figures.get("hosted", 0)
    communities = max(1, figures.get("communities", 0))
    return (
        not waiting or hosted > 0,
        -waiting,
        oldest or _LATEST,
        -figures.get("communities_empty", 0),
        hosted / communities,
    )

"""The catalogue of figures: what each counts, as of which instants, and what a table shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules import Kind

Figures = dict[str, int]


class Source(StrEnum):
    """What one row is that a metric counts, and below what it hangs in the tree."""

    MEMBERS = "members"
    """A person's membership in a branch."""
    HOSTED = "hosted"
    """A member's registration in a community."""
    UNITS = "units"
    """A unit."""
    HOSTED_UNITS = "hosted-units"
    """A unit's own registration with a community."""
    COMMUNITIES = "communities"
    """A community."""


@dataclass(frozen=True)
class Metric:
    """A figure: its name, its definition in words, and the kind of row it counts."""

    code: str
    label: str
    meaning: str
    source: Source


_M, _H, _U = Source.MEMBERS, Source.HOSTED, Source.UNITS

METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        Metric(
            "members",
            gettext_noop("Members in all"),
            gettext_noop("People with a membership in a branch, recorded and not closed by then."),
            _M,
        ),
        Metric(
            "in_service",
            gettext_noop("In service"),
            gettext_noop("Members whose standing by then is “in service”: those who report."),
            _M,
        ),
        Metric(
            "living_in_city",
            gettext_noop("In service, living in the city"),
            gettext_noop("Members in service who live in this city: the second denominator."),
            _M,
        ),
        Metric(
            "registered",
            gettext_noop("Registered"),
            gettext_noop(
                "Members in service whose registration a community had accepted by then and that "
                "had not ended."
            ),
            _M,
        ),
        Metric(
            "registered_living",
            gettext_noop("Registered, living in the city"),
            gettext_noop("Of the members in service who live in this city, those registered."),
            _M,
        ),
        Metric(
            "waiting",
            gettext_noop("Waiting for the community"),
            gettext_noop("Members in service whose letter lay before a community by then."),
            _M,
        ),
        Metric(
            "exempt",
            gettext_noop("Exempt or delayed"),
            gettext_noop(
                "Members in service, neither registered nor waiting, with an approved exemption "
                "or delay in force on that day."
            ),
            _M,
        ),
        Metric(
            "missing",
            gettext_noop("Not yet registered"),
            gettext_noop(
                "Members in service who are neither registered nor waiting nor exempt: in service "
                "is the sum of these four."
            ),
            _M,
        ),
        Metric(
            "units",
            gettext_noop("Units managed"),
            gettext_noop("Units that this organisation manages, open by then."),
            _U,
        ),
        Metric(
            "units_registered",
            gettext_noop("Units registered"),
            gettext_noop("Of these units, those that a community had accepted by then."),
            _U,
        ),
        Metric(
            "hosted",
            gettext_noop("Members hosted"),
            gettext_noop(
                "Members of whatever unit whose registration a community here had accepted by "
                "then and that had not ended."
            ),
            _H,
        ),
        Metric(
            "hosted_waiting",
            gettext_noop("Members to receive"),
            gettext_noop("Letters that lay before a community here by then."),
            _H,
        ),
        Metric(
            "hosted_ended",
            gettext_noop("Ended"),
            gettext_noop("Registrations in a community here that had ended by then."),
            _H,
        ),
        Metric(
            "hosted_units",
            gettext_noop("Units hosted"),
            gettext_noop("Units of whatever authority that a community here had accepted by then."),
            Source.HOSTED_UNITS,
        ),
        Metric(
            "communities",
            gettext_noop("Communities"),
            gettext_noop("Communities, open by then."),
            Source.COMMUNITIES,
        ),
        Metric(
            "communities_empty",
            gettext_noop("Communities without members"),
            gettext_noop("Communities in which nobody was registered by then."),
            Source.COMMUNITIES,
        ),
    )
}

PEOPLE = ("in_service", "living_in_city", "registered", "waiting", "exempt", "missing")
MANAGED = ("members", *PEOPLE[:3], "registered_living", *PEOPLE[3:])
HOSTING = ("hosted", "hosted_waiting", "hosted_ended", "hosted_units")
PLACE = (
    *(*MANAGED, "units", "units_registered", "hosted", "hosted_waiting", "hosted_units"),
    *("communities", "communities_empty"),
)

LEVELS: dict[Kind, tuple[str, ...]] = {
    Kind.BRANCH: PEOPLE,
    Kind.UNIT: MANAGED,
    Kind.COMMUNITY: HOSTING,
    Kind.STREET: PLACE,
    Kind.DISTRICT: PLACE,
    Kind.CITY: PLACE,
}
"""The figures of the registration table of each kind of organisation."""

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
    Kind.BRANCH: MANAGED,
    Kind.UNIT: (*MANAGED, "units", "units_registered"),
    Kind.COMMUNITY: (*HOSTING, "communities", "communities_empty"),
    Kind.STREET: (*PLACE, "hosted_ended"),
    Kind.DISTRICT: (*PLACE, "hosted_ended"),
    Kind.CITY: (*PLACE, "hosted_ended"),
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


@dataclass(frozen=True)
class AsOf:
    """The instant that figures are as of: what was recorded before it counts.

    `day` is set when the instant is the end of that day in China.
    """

    instant: datetime
    day: date | None = None

    @property
    def on(self) -> date:
        """The civil day on which the instant lies; the end of a day belongs to it."""
        return clock.local(self.instant - timedelta(microseconds=1)).date()

    def __str__(self) -> str:
        """As it stands in an address: a day, or an instant on China's clocks."""
        if self.day:
            return self.day.isoformat()
        return clock.local(self.instant).replace(tzinfo=None).isoformat()


def read_as_of(text: str, present: datetime) -> AsOf:
    """What an address or an option says: nothing and today are `present`, else a day or instant.

    Refuses what is neither, and what is still to come.
    """
    if not text:
        return AsOf(present)
    try:
        told = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise Refused(
            "as-of.unreadable",
            gettext_noop("“%(text)s” is no day. Write it like 2026-07-01."),
            text=text[:40],
        ) from unreadable
    if len(text) > len("2026-07-01"):
        read = AsOf(told.replace(tzinfo=told.tzinfo or clock.ZONE))
    elif told.date() == clock.local(present).date():
        return AsOf(present)
    else:
        read = AsOf(clock.end_of(told.date()), told.date())
    if read.instant > present:
        raise Refused(
            "as-of.future",
            gettext_noop("%(text)s is still to come. Choose today or an earlier day."),
            text=text,
        )
    return read


def need(figures: Mapping[str, int]) -> tuple[int, float]:
    """The order of places: most communities without anybody first, then fewest helpers for each."""
    communities = max(1, figures.get("communities", 0))
    return -figures.get("communities_empty", 0), figures.get("hosted", 0) / communities

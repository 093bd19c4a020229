"""How many files communities keep, as authorities above them may know it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period
from baodao.kernel.spans import PeriodSpan, period_at, period_before
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.residents.models import FileStay
from baodao.residents.rules.households import told_count


@dataclass(frozen=True)
class FileCount:
    """A place and the files that are told of its communities: at least so many."""

    place: Organisation
    at_least: int

    @property
    def is_community(self) -> bool:
        """Whether it is a community itself, and not a place with several."""
        return self.place.kind == Kind.COMMUNITY


def last_quarter() -> Period:
    """The last quarter that is over."""
    return period_before(PeriodSpan.QUARTER, period_at(PeriodSpan.QUARTER, clock.today()))


def file_counts(actor: Actor, place: Organisation, period: Period) -> list[FileCount]:
    """What is told of the places directly below a place, as of the end of a period, in the order of
    the tree; the communities of each are those that stand there today."""
    mine = organisations(actor, Permission.FIGURE_READ).filter(closed_at=None)
    rows = mine.filter(path__startswith=place.path)
    communities = list(rows.filter(kind=Kind.COMMUNITY).values_list("path", flat=True))
    steps = _steps(place, communities, period)
    children = rows.filter(parent=place, kind__in=PLACES).order_by("sort", "pk")
    return [
        FileCount(child, sum(n for path, n in steps.items() if path.startswith(child.path)))
        for child in children
    ]


def _steps(place: Organisation, communities: list[str], period: Period) -> Mapping[str, int]:
    """By the path of a community what is told of it; what it took over counts with it."""
    at = clock.end_of(period.last)
    stays = FileStay.objects.filter(Q(until=None) | Q(until__gt=at), since__lt=at)
    rows = stays.filter(community__path__startswith=place.path).order_by()
    counts = rows.values_list("community__path").annotate(n=Count("pk"))
    totals = dict.fromkeys(communities, 0)
    for path, count in counts:
        home = max((one for one in communities if path.startswith(one)), key=len, default=None)
        if home is not None:
            totals[home] += count
    return {path: told_count(count) for path, count in totals.items()}

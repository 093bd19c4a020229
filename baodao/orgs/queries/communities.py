"""Communities to which one can report, and who took over from those that one no longer can."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.orgs.rules.tree import Kind


def open_community(community_id: int) -> Organisation:
    """An open community to report to; refused when it is closed, naming who took over, or no
    community."""
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY, pk=community_id)
    community = rows.first()
    if community is None:
        raise Refused(
            "community.not-open",
            gettext_noop("This is not a community one can report to; choose another."),
        )
    check_open(community)
    return community


def communities_inside() -> dict[int, Organisation]:
    """The communities that hang, closed, below who took over from them, by id."""
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY, parent__kind=Kind.COMMUNITY)
    return {row.pk: row for row in rows.select_related("parent")}


def taken_over_communities() -> dict[int, Organisation]:
    """Of each of `communities_inside` the one that does its work today, by its id."""
    return {key: standing_of(row) for key, row in communities_inside().items()}


def standing_communities(communities: Iterable[Organisation]) -> list[Organisation]:
    """The open communities that do the work of these today, each once, in the order of the
    register."""
    rows = {standing_of(row) for row in set(communities)}
    return sorted((row for row in rows if row.closed_at is None), key=lambda row: row.code)


def without_successor() -> QuerySet[Organisation, int]:
    """The ids of the closed communities whose work nobody does now; as a subquery of a filter, or
    read."""
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY)
    heirs = rows.filter(closed_at=None).annotate(
        inside=ExpressionWrapper(OuterRef("path"), TextField())
    )
    gone = rows.filter(closed_at__isnull=False)
    return gone.exclude(Exists(heirs.filter(inside__startswith=F("path")))).values_list(
        "pk", flat=True
    )


def answerer_of(community: Organisation) -> Organisation:
    """Who answers for what a community did: itself, who does its work now, or the authority above
    where nobody took that over."""
    row = standing_of(community)
    return row if row.closed_at is None else above(row)


def above(organisation: Organisation) -> Organisation:
    """The first open organisation above one."""
    row = organisation.parent
    assert row is not None
    return row if row.closed_at is None else above(row)


def stood_for(community: Organisation, at: datetime) -> QuerySet[Organisation, int]:
    """The ids of a community and of those that it had taken over from by an instant, which hang,
    closed, below it; as a subquery of a filter, or read. What they did then is its own."""
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY, path__startswith=community.path)
    return rows.filter(Q(pk=community.pk) | Q(closed_at__lte=at)).values_list("pk", flat=True)


def takers_over(community: Organisation) -> QuerySet[Organisation, int]:
    """The ids of a community and of those that took over from it, one after the other; as a
    subquery of a filter, or read."""
    steps = community.path.split(".")[:-1]
    paths = [".".join(steps[: end + 1]) + "." for end in range(len(steps))]
    rows = Organisation.objects.filter(kind=Kind.COMMUNITY, path__in=paths).order_by()
    return rows.values_list("pk", flat=True)

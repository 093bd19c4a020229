"""Communities to which one can report, and who took over from those that one no longer can."""

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


def taken_over_communities() -> dict[int, Organisation]:
    """Of each community that hangs, closed, below who took over from it, the one that does its work
    today, by the id of what was closed."""
    inside = Organisation.objects.filter(kind=Kind.COMMUNITY, parent__kind=Kind.COMMUNITY)
    return {row.pk: standing_of(row) for row in inside}

"""Communities that people name in words: those of one city, told apart by their streets."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, places, standing_of
from baodao.orgs.rules.tree import Kind

MEANT = 6
"""Communities named when several fit."""


def city_path(organisation: Organisation) -> str:
    """The path of the city in which the organisation lies."""
    return organisation.path.split(".", 1)[0] + "."


def communities(path: str, words: str) -> QuerySet[Organisation]:
    """Open communities below `path`; `words` are part of the name, or 名称（街道）, or the code."""
    rows = places(Kind.COMMUNITY).filter(path__startswith=path).select_related("parent")
    name, _, street = words.strip().removesuffix("）").partition("（")
    rows = rows.filter(Q(name__icontains=name) | Q(code=name))
    if street:
        rows = rows.filter(parent__name=street)
    return rows.order_by("path")


def place_name(community: Organisation) -> str:
    """The name that tells two communities of one name apart: with its street."""
    return f"{community.name}（{community.parent.name}）" if community.parent else community.name


def community_named(path: str, words: str) -> Organisation:
    """The one open community below `path` that `words` mean: exactly, else by part of its name.

    Raises `Refused` when there is none, or when several fit, naming them.
    """
    fitting = communities(path, words)
    name = words.removesuffix("）").partition("（")[0]
    rows = list(fitting.filter(Q(name=name) | Q(code=name))[:MEANT]) or list(fitting[:MEANT])
    if not rows:
        raise Refused(
            "community.unknown",
            gettext_noop("There is no community “%(words)s” in this city. Check the name."),
            words=words,
        )
    if len(rows) > 1:
        raise Refused(
            "community.ambiguous",
            gettext_noop("Several communities fit: %(names)s. Write the one you mean."),
            names="、".join(place_name(row) for row in rows),
        )
    return rows[0]


def community_finder(
    place: Organisation, kept: Organisation | None = None
) -> Callable[[str], Organisation]:
    """Finds a community of the city in which `place` lies; for the field of a form. The one that
    is `kept` stays by its own words, though it was closed since."""

    def find(words: str) -> Organisation:
        if kept is not None and words == place_name(kept):
            return kept
        return community_named(city_path(place), words)

    return find


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

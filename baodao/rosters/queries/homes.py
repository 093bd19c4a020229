"""The communities of a city, by which the homes that a roster names are found."""

from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import city_path, heir_names, organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.rostersheets.rules.homes import HomePlace, Homes

ABOVE = ("parent__name", "parent__parent__name", "parent__parent__parent__name")


def homes_of(unit: Organisation) -> Homes:
    """The communities of the city of a unit; of closed ones who took over."""
    rows = organisations_anywhere().filter(kind=Kind.COMMUNITY, path__startswith=city_path(unit))
    columns = rows.order_by("path").values_list("pk", "name", "code", "closed_at", *ABOVE)
    heirs = heir_names()
    return Homes(
        HomePlace(
            pk, name, code, tuple(filter(None, above)), closed_at is not None, heirs.get(pk, "")
        )
        for pk, name, code, closed_at, *above in columns
    )

"""What hangs under what in the organisation tree, and how a path is made."""

from enum import StrEnum

from baodao.kernel.errors import Refused, gettext_noop


class Kind(StrEnum):
    """Places from city to grid, units with their branches, and service teams of a community."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    TEAM = "team"
    UNIT = "unit"
    BRANCH = "branch"


PARENTS: dict[Kind, frozenset[Kind]] = {
    Kind.CITY: frozenset(),
    Kind.DISTRICT: frozenset({Kind.CITY}),
    Kind.STREET: frozenset({Kind.DISTRICT}),
    Kind.COMMUNITY: frozenset({Kind.STREET}),
    Kind.GRID: frozenset({Kind.COMMUNITY}),
    Kind.TEAM: frozenset({Kind.COMMUNITY}),
    Kind.UNIT: frozenset({Kind.CITY, Kind.DISTRICT, Kind.STREET}),
    Kind.BRANCH: frozenset({Kind.UNIT}),
}
"""A unit hangs under the authority that manages it; a branch under its unit."""

PLACES = (Kind.CITY, Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY)


def path_of(parent_path: str, code: str) -> str:
    """The codes from the root down, each closed by a point, so that a prefix is a subtree."""
    return f"{parent_path}{code}."


def check_parent(kind: Kind, parent: Kind | None) -> None:
    """Refuse a parent that the tree does not know for this kind."""
    allowed = PARENTS[kind]
    if (parent is None) != (not allowed) or (parent is not None and parent not in allowed):
        raise Refused(
            "organisation.wrong-parent",
            gettext_noop("A %(kind)s cannot hang under a %(parent)s."),
            kind=kind,
            parent=parent or "root",
        )

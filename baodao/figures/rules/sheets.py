"""The official tables, and the levels at which they stand and have which rows."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.orgs.rules.tree import Kind


class StatSheet(Code):
    """The official tables, each in the words of its heading."""

    REGISTRATION = "registration", gettext_noop("Registration table")
    SERVICE = "service", gettext_noop("Service table")


PLACES = (Kind.STREET, Kind.DISTRICT, Kind.CITY)
UNITS_UP = (Kind.UNIT, *PLACES)
BRANCHES_UP = (Kind.BRANCH, *UNITS_UP)
COMMUNITIES_UP = (Kind.COMMUNITY, *PLACES)
"""The levels at which something is a column: from where it happens up to the city."""

LEVELS = (Kind.BRANCH, Kind.UNIT, Kind.COMMUNITY, *PLACES)
"""The kinds of organisation that have tables."""

CHILDREN: dict[Kind, tuple[Kind, ...]] = {
    Kind.UNIT: (Kind.BRANCH,),
    Kind.STREET: (Kind.COMMUNITY, Kind.UNIT),
    Kind.DISTRICT: (Kind.STREET, Kind.UNIT),
    Kind.CITY: (Kind.DISTRICT, Kind.STREET, Kind.UNIT),
}
"""Which children make the rows; a branch's rows are its people, a community's the units."""

"""What hangs under what in the organisation tree, how a path and a code are made, who may edit."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.pinyin import syllable


class Kind(Code):
    """Places from city to grid, units with their branches, and service teams of a community."""

    CITY = "city", gettext_noop("city")
    DISTRICT = "district", gettext_noop("district")
    STREET = "street", gettext_noop("street")
    COMMUNITY = "community", gettext_noop("community")
    GRID = "grid", gettext_noop("grid")
    TEAM = "team", gettext_noop("service team")
    UNIT = "unit", gettext_noop("unit")
    BRANCH = "branch", gettext_noop("branch")


PARENTS: dict[Kind, frozenset[Kind]] = {
    Kind.CITY: frozenset(),
    Kind.DISTRICT: frozenset({Kind.CITY}),
    Kind.STREET: frozenset({Kind.CITY, Kind.DISTRICT}),
    Kind.COMMUNITY: frozenset({Kind.STREET}),
    Kind.GRID: frozenset({Kind.COMMUNITY}),
    Kind.TEAM: frozenset({Kind.COMMUNITY}),
    Kind.UNIT: frozenset({Kind.CITY, Kind.DISTRICT, Kind.STREET}),
    Kind.BRANCH: frozenset({Kind.UNIT}),
}
"""A unit hangs under the authority that manages it; a branch under its unit. Some cities have no
districts: their streets hang under the city itself."""

PLACES = (Kind.CITY, Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY)

STORIES = {
    "organisation.created": gettext_noop("Added"),
    "organisation.renamed": gettext_noop("Renamed"),
    "organisation.contact-set": gettext_noop("Contact changed"),
    "organisation.contact-ended": gettext_noop("Contact works there no longer"),
    "organisation.moved": gettext_noop("Moved"),
    "organisation.merged": gettext_noop("Merged into another"),
    "organisation.split": gettext_noop("Split"),
    "organisation.dissolved": gettext_noop("Dissolved"),
    "organisation.restored": gettext_noop("Undone: everything is as it was before"),
    "organisation.closed": gettext_noop("Closed"),
    "organisation.reopened": gettext_noop("Opened again"),
    "setting.set": gettext_noop("Set: %(what)s %(before)s → %(value)s"),
    "setting.given-back": gettext_noop("Left to what holds above: %(what)s %(before)s → %(value)s"),
}
"""What the journal tells of an organisation, by verb, as the slices have registered it."""

NAME_LENGTH = 100
_CODE = re.compile(r"[0-9A-Z-]{1,32}")
_UNIT_CODE = re.compile(r"U(\d+)")

TREE_PAGES: list[tuple[str, str]] = []
"""Further pages about the tree: the message id of a link, the name of an address."""


def register_tree_page(label: str, address: str) -> None:
    """Let the list of organisations lead to a page of a slice above."""
    TREE_PAGES.append((label, address))


def register_stories(stories: Mapping[str, str]) -> None:
    """Add what the journal tells of organisations by a slice's own verbs, each a message id."""
    STORIES.update(stories)


def kinds_below(kind: Kind) -> list[Kind]:
    """What can hang directly under an organisation of this kind."""
    return [below for below in Kind if kind in PARENTS[below]]


def path_of(parent_path: str, code: str) -> str:
    """The codes from the root down, each closed by a point, so that a prefix is a subtree."""
    return f"{parent_path}{code}."


def code_of(path: str) -> str:
    """The code of the organisation at `path`."""
    return path.rstrip(".").rpartition(".")[2]


def about(organisation_id: int) -> UUID:
    """The name under which an organisation stands in the journal."""
    return UUID(int=organisation_id)


def editors_of(kind: Kind) -> tuple[Permission, ...]:
    """Any of these, held above, lets one add, rename and close an organisation of `kind`.

    A clerk adds branches with the roster, a community keeps its own grids and teams; all else is
    the system administrator's.
    """
    if kind is Kind.BRANCH:
        return (Permission.ORGANISATION_EDIT, Permission.ROSTER_IMPORT)
    if kind in (Kind.GRID, Kind.TEAM):
        return (Permission.ORGANISATION_EDIT, Permission.REGISTRATION_PLACE)
    return (Permission.ORGANISATION_EDIT,)


def check_parent(kind: Kind, parent: Kind | None) -> None:
    """Refuse a parent that the tree does not know for this kind."""
    allowed = PARENTS[kind]
    if (parent is None) != (not allowed) or (parent is not None and parent not in allowed):
        raise Refused(
            "organisation.wrong-parent",
            gettext_noop("A %(kind)s cannot hang under a %(parent)s."),
            kind=kind.words,
            parent=parent.words if parent else gettext_noop("root of the tree"),
        )


def check_name(name: str) -> str:
    """The name without outer and doubled spaces; refuses an empty or an overlong one."""
    kept = " ".join(name.split())
    if not kept:
        raise Refused("organisation.name-missing", gettext_noop("Give it a name."))
    if len(kept) > NAME_LENGTH:
        raise Refused(
            "organisation.name-too-long",
            gettext_noop("The name has %(length)s characters; %(limit)s is the most."),
            length=len(kept),
            limit=NAME_LENGTH,
        )
    return kept


def pinyin_of(name: str) -> str:
    """How the name of a place or unit is read, for searching: 人民路 → "ren min lu"; what is not
    Chinese stays as it is. At most 300 characters."""
    return " ".join(filter(None, map(syllable, name.replace(" ", ""))))[:300]


def check_code(code: str) -> str:
    """The code in capitals; refuses what a path cannot hold."""
    kept = code.strip().upper()
    if not _CODE.fullmatch(kept):
        raise Refused(
            "organisation.code-characters",
            gettext_noop(
                "The code %(division)s may hold only digits, capital letters and hyphens."
            ),
            division=code,
        )
    return kept


def next_code(kind: Kind, parent_code: str, taken: Iterable[str]) -> str:
    """The code after those `taken` by brothers: U1004 for a unit, else the parent's with -04 or
    -T04 (service teams)."""
    if kind is Kind.UNIT:
        numbers = [int(match[1]) for code in taken if (match := _UNIT_CODE.fullmatch(code))]
        return f"U{max(numbers, default=1000) + 1}"
    mark = "T" if kind is Kind.TEAM else ""
    ending = re.compile(rf"{re.escape(parent_code)}-{mark}(\d+)")
    numbers = [int(match[1]) for code in taken if (match := ending.fullmatch(code))]
    return f"{parent_code}-{mark}{max(numbers, default=0) + 1:02d}"

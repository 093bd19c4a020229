"""What an authority decides before a proposal is calculated, and who goes together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from baodao.allocation.rules.instances import Party, Weights
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code

MINIMA = (0, 1, 3, 5, 10)
"""How many helpers each community may be given before others get more."""


class AllocationAim(Code):
    """For whom a community is sought."""

    MEMBERS = "members", gettext_noop("Members who have no letter yet")
    CROWDED = "crowded", gettext_noop("Members of communities that have more than their share")
    UNITS = "units", gettext_noop("Units without a partner community")
    ALL_UNITS = "all-units", gettext_noop("All units, also those with a partner community")


OF_UNITS = (AllocationAim.UNITS, AllocationAim.ALL_UNITS)
"""Proposals of which each row is a unit."""


class Grouping(Code):
    """How many members of a unit stay together."""

    ALONE = "alone", gettext_noop("Each by themselves")
    THREE = "3", gettext_noop("Three of a unit together")
    FIVE = "5", gettext_noop("Five of a unit together")
    TEN = "10", gettext_noop("Ten of a unit together")
    BRANCH = "branch", gettext_noop("A branch together")
    UNIT = "unit", gettext_noop("A whole unit together")


class Emphasis(Code):
    """How much something counts."""

    LITTLE = "little", gettext_noop("A little")
    SOME = "some", gettext_noop("As much as the rest")
    MUCH = "much", gettext_noop("More than the rest")


WEIGHTS = {Emphasis.LITTLE: 1, Emphasis.SOME: 3, Emphasis.MUCH: 9}


@dataclass(frozen=True)
class AllocationChoices:
    """For whom, among the communities of which place, in which groups, and what counts how much."""

    aim: AllocationAim
    place_id: int
    grouping: Grouping = Grouping.ALONE
    weak: Emphasis = Emphasis.SOME
    near: Emphasis = Emphasis.SOME
    wish: Emphasis = Emphasis.SOME
    minimum: int = 0

    @property
    def weights(self) -> Weights:
        return Weights(WEIGHTS[self.weak], WEIGHTS[self.near], WEIGHTS[self.wish])

    def packed(self) -> dict[str, Any]:
        """As the table keeps them."""
        return asdict(self)

    @classmethod
    def unpacked(cls, kept: Mapping[str, Any]) -> Self:
        """As they were chosen."""
        return cls(
            AllocationAim(kept["aim"]),
            kept["place_id"],
            Grouping(kept["grouping"]),
            Emphasis(kept["weak"]),
            Emphasis(kept["near"]),
            Emphasis(kept["wish"]),
            kept["minimum"],
        )


@dataclass(frozen=True)
class Newcomer:
    """Somebody for whom a community is sought, by the key of their row: of which unit and branch,
    from where, what they wish for and know, when they are free."""

    key: str
    unit: int
    branch: int
    home: str = ""
    wish: int | None = None
    skills: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PartyOf:
    """Who goes together, and by which keys they are found again."""

    party: Party
    keys: tuple[str, ...]


def grouped(helpers: Sequence[Newcomer], grouping: Grouping) -> list[PartyOf]:
    """Who goes together: neighbours of a unit first; what is left over is a smaller group."""
    if grouping is Grouping.ALONE:
        return [
            PartyOf(Party(one.key, 1, one.home, one.wish, one.skills, one.times), (one.key,))
            for one in helpers
        ]
    return [_party(group) for group in _groups(helpers, grouping)]


def _groups(helpers: Sequence[Newcomer], grouping: Grouping) -> Iterable[list[Newcomer]]:
    together: defaultdict[int, list[Newcomer]] = defaultdict(list)
    for one in helpers:
        together[one.branch if grouping is Grouping.BRANCH else one.unit].append(one)
    for rows in together.values():
        rows.sort(key=lambda one: (one.home, one.key))
        size = len(rows) if grouping in (Grouping.BRANCH, Grouping.UNIT) else int(grouping)
        yield from (rows[first : first + size] for first in range(0, len(rows), size))


def _party(group: Sequence[Newcomer]) -> PartyOf:
    """A group comes from where most of it lives, wishes what most of it wish, knows what one of it
    knows and is free when one of it is."""
    [(home, _count)] = Counter(one.home for one in group).most_common(1)
    wishes = Counter(one.wish for one in group if one.wish is not None).most_common(1)
    skills = frozenset[str]().union(*(one.skills for one in group))
    times = frozenset[str]().union(*(one.times for one in group))
    wish = wishes[0][0] if wishes else None
    keys = tuple(one.key for one in group)
    return PartyOf(Party(keys[0], len(keys), home, wish, skills, times), keys)


def wish_named(text: str, names: Mapping[str, int]) -> int | None:
    """The community that a text names, by the names of communities; the longest name first."""
    inside = [name for name in names if name in text]
    return names[max(inside, key=len)] if inside else None

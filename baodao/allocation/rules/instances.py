"""What is to be balanced: communities with their needs, who could help, and what each place costs.

All prices are whole numbers. A party is who goes together: one member, some of a unit, or a unit.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from baodao.kernel.errors import Refused, gettext_noop

SLICES = 8
"""Into so many parts the room of a community is cut; each dearer than the one before."""
STEP = 100
"""The price of a helper where a community has just so many as its needs call for."""
MOST_CROWDED = 4 * STEP
"""A community that has more than four times its share is as crowded as it gets."""
LEAST_SHARE = 0.25
BELOW_MINIMUM = 10_000
"""What each helper above the minimum costs more than one below it."""
UNPLACED = 100_000
"""The price of a party for which there is no room anywhere: dearer than any way around."""
FAR = (0, 40, 100, 200)
"""The price of the distance in the tree, by `distance`."""
WISH_LOST = 120
SKILL_MISSED = 30
TIME_MISSED = 30
"""The price of who is free at other times than those at which people are sought there."""
NEAREST = 20
"""So many communities are considered for each party where there are many."""
FEW = 40
"""Up to so many communities all are considered for everybody."""
MOST_PARTIES = 200_000


@dataclass(frozen=True)
class Site:
    """A community as it takes part: `need` in points (`need_points`), `helpers` it has already,
    `capacity` it takes in all, the `skills` that are looked for there and the `times` of the week
    at which people are."""

    id: int
    path: str
    need: int
    helpers: int
    capacity: int
    skills: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()

    @property
    def room(self) -> int:
        """How many more it takes."""
        return max(0, self.capacity - self.helpers)


@dataclass(frozen=True)
class Party:
    """Who goes together: `size` helpers from the place at the path `home` ("" where nobody knows),
    with the community they wish for, None without a wish, what they know and the times of the week
    at which they are free."""

    key: str
    size: int = 1
    home: str = ""
    wish: int | None = None
    skills: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()

    @property
    def kind(self) -> Hashable:
        """What makes two parties the same for whoever calculates."""
        return (self.size, self.home, self.wish, self.skills, self.times)

    def misfit(self, site: Site) -> int:
        """The price of what a community looks for and one of them does not bring. Who says nothing
        of their times is free at any."""
        missed = SKILL_MISSED if site.skills and not self.skills & site.skills else 0
        elsewhen = self.times and site.times and not self.times & site.times
        return missed + (TIME_MISSED if elsewhen else 0)


@dataclass(frozen=True)
class Weights:
    """How much each thing counts: that weak places come first, that it is near, wishes."""

    weak: int = 1
    near: int = 1
    wish: int = 1


@dataclass(frozen=True)
class Rung:
    """A part of a community's room: so many helpers, each at this price."""

    width: int
    price: int


@dataclass(frozen=True)
class Cohort:
    """Parties that are the same but for who they are, with the communities they may go to and the
    price of each."""

    size: int
    keys: tuple[str, ...]
    prices: Mapping[int, int]


def need_points(ages: Iterable[int]) -> int:
    """What open needs of these ages in days weigh: two each, and one more for each month that it
    waits, up to six."""
    return sum(2 + min(4, days // 30) for days in ages)


def distance(one: str, other: str) -> int:
    """How far two places of the tree are: 0 one within the other, 1 in one street, 2 in one
    district, 3 beyond. A path is that of a place, ending in a full stop."""
    if not one or not other:
        return 2
    if one.startswith(other) or other.startswith(one):
        return 0
    here, there = one.split("."), other.split(".")
    common = next(
        (n for n, pair in enumerate(zip(here, there, strict=False)) if len(set(pair)) > 1), 0
    )
    return 4 - min(3, max(1, common))


@dataclass(frozen=True)
class Instance:
    """All that decides: the same instance and seed give the same proposal.

    `minimum` is how many helpers every community should have before others get more than that.
    """

    sites: Sequence[Site]
    parties: Sequence[Party]
    weights: Weights = field(default_factory=Weights)
    minimum: int = 0

    @cached_property
    def by_id(self) -> dict[int, Site]:
        return {site.id: site for site in self.sites}

    @cached_property
    def shares(self) -> dict[int, float]:
        """How many helpers each community would have if all were shared out by need; a little also
        where nobody needs anything."""
        helpers = sum(site.helpers for site in self.sites) + sum(one.size for one in self.parties)
        needs = sum(site.need for site in self.sites)
        even = 1 / max(1, len(self.sites))
        return {
            site.id: max(LEAST_SHARE, helpers * (site.need / needs if needs else even))
            for site in self.sites
        }

    def crowding(self, site: Site, helpers: float) -> int:
        """How crowded a community is with so many helpers, 100 where it has its share."""
        return min(MOST_CROWDED, round(STEP * helpers / self.shares[site.id]))

    def steps(self, site: Site) -> list[Rung]:
        """The room of a community in parts, the cheapest first."""
        few = min(site.room, max(0, self.minimum - site.helpers))
        steps = [Rung(few, 0)] if few else []
        above = BELOW_MINIMUM if self.minimum else 0
        begins, left = site.helpers + few, site.room - few
        width = max(1, -(-left // SLICES))
        while left > 0:
            part = min(width, left)
            price = self.weights.weak * self.crowding(site, begins + part / 2)
            steps.append(Rung(part, above + price))
            begins, left = begins + part, left - part
        return steps

    def price(self, party: Party, site: Site) -> int:
        """What a party costs in a community, but for how crowded it is there."""
        far = self.weights.near * FAR[distance(party.home, site.path)]
        lost = self.weights.wish * WISH_LOST if party.wish not in (None, site.id) else 0
        return party.size * (far + lost + party.misfit(site))

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """The parties, each kind once, in the order of their first."""
        keys: defaultdict[Hashable, list[str]] = defaultdict(list)
        firsts: dict[Hashable, Party] = {}
        for party in self.parties:
            firsts.setdefault(party.kind, party)
            keys[party.kind].append(party.key)
        return [
            Cohort(first.size, tuple(keys[kind]), self._prices(first))
            for kind, first in firsts.items()
        ]

    def _prices(self, party: Party) -> dict[int, int]:
        """What a party costs in the communities to which it may go: near ones, weak ones, and the
        one it wishes for."""
        lost = self.weights.wish * WISH_LOST if party.wish is not None else 0
        prices = {
            site.id: party.size
            * (far + (lost if party.wish != site.id else 0) + party.misfit(site))
            for site, far in self._near(party.home)
        }
        wish = self.by_id.get(party.wish) if party.wish is not None else None
        if wish is not None and wish.room and wish.id not in prices:
            prices[wish.id] = self.price(party, wish)
        return prices

    @cached_property
    def _weakest_first(self) -> list[Site]:
        open_sites = (site for site in self.sites if site.room)
        return sorted(open_sites, key=lambda site: (self.crowding(site, site.helpers), site.id))

    @cached_property
    def _below(self) -> dict[str, list[Site]]:
        """By the path of each place the communities below it, the weakest first."""
        below: defaultdict[str, list[Site]] = defaultdict(list)
        for site in self._weakest_first:
            for prefix in _prefixes(site.path):
                below[prefix].append(site)
        return below

    @cached_property
    def _coming(self) -> dict[str, int]:
        """How many helpers come from each place."""
        coming: defaultdict[str, int] = defaultdict(int)
        for party in self.parties:
            coming[party.home] += party.size
        return coming

    @cached_property
    def _known(self) -> dict[str, list[tuple[Site, int]]]:
        return {}

    def _near(self, home: str) -> list[tuple[Site, int]]:
        """The communities considered for who comes from a place, with the price of the way; worked
        out once a place."""
        if home not in self._known:
            near = self.weights.near
            self._known[home] = [
                (site, near * FAR[distance(home, site.path)]) for site in self._considered(home)
            ]
        return self._known[home]

    def _considered(self, home: str) -> list[Site]:
        """All where there are few; else the nearest, the weakest of all, and others in turn, until
        there is room for twice as many as come from there."""
        if len(self.sites) <= FEW:
            return self._weakest_first
        rows: dict[int, Site] = {}
        for prefix in _prefixes(home):
            for site in self._below.get(prefix, ())[: NEAREST - len(rows)]:
                rows.setdefault(site.id, site)
            if len(rows) >= NEAREST // 2:
                break
        room, enough = sum(site.room for site in rows.values()), 2 * self._coming.get(home, 0)
        weakest, turn = self._weakest_first, 7 * len(self._known) % len(self._weakest_first)
        for site in (*weakest[: NEAREST // 4], *weakest[turn:], *weakest[:turn]):
            if len(rows) >= NEAREST and room >= enough:
                break
            if site.id not in rows:
                rows[site.id] = site
                room += site.room
        return list(rows.values())


def _prefixes(path: str) -> list[str]:
    """The paths of a place and of all above it, the nearest first."""
    parts = path.rstrip(".").split(".") if path else []
    return [".".join(parts[:count]) + "." for count in range(len(parts), 0, -1)]


def check_instance(instance: Instance) -> None:
    """Refuse what cannot be calculated, in words for whoever asked for it."""
    if not instance.parties:
        raise Refused(
            "allocation.nobody",
            gettext_noop(
                "Nobody is to be placed here: all have a community, or are asked already."
            ),
        )
    if not any(site.room for site in instance.sites):
        raise Refused(
            "allocation.no-room",
            gettext_noop(
                "No community here takes more helpers. Raise the most that each may take."
            ),
        )
    if len(instance.parties) > MOST_PARTIES:
        raise Refused(
            "allocation.too-large",
            gettext_noop(
                "%(count)s are more than can be calculated at once. Take a district or a street."
            ),
            count=len(instance.parties),
        )


Assignment = Mapping[str, int | None]
"""By the key of each party the community it goes to; None where there is no room."""


def cost_of(instance: Instance, assignment: Assignment) -> int:
    """What an assignment costs in all, by the prices of the instance."""
    sites, total = instance.by_id, 0
    helpers: defaultdict[int, int] = defaultdict(int)
    for party in instance.parties:
        place = assignment[party.key]
        if place is None:
            total += UNPLACED * party.size
            continue
        total += instance.price(party, sites[place])
        helpers[place] += party.size
    for place, count in helpers.items():
        for step in instance.steps(sites[place]):
            total += min(step.width, count) * step.price
            count -= min(step.width, count)
    return total


def first_come(instance: Instance) -> dict[str, int | None]:
    """Where each would go alone, one after the other: to the wish, else home or the nearest
    community with room, as people crowd without a plan."""
    left = {site.id: site.room for site in instance.sites}
    orders: dict[str, list[int]] = {}
    assignment: dict[str, int | None] = {}
    for party in instance.parties:
        order = orders.get(party.home)
        if order is None:
            ways = sorted((distance(party.home, site.path), site.id) for site in instance.sites)
            order = orders[party.home] = [place for _far, place in ways]
        first = [party.wish] if party.wish in left else []
        place = next((one for one in (*first, *order) if left[one] >= party.size), None)
        assignment[party.key] = place
        if place is not None:
            left[place] -= party.size
    return assignment

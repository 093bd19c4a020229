"""What an allocation comes to, and why each row stands as it does, in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from baodao.allocation.rules.instances import Assignment, Instance, Party, Site, distance
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code

FULL = 100
DISTANCES = (
    gettext_noop("in the same community"),
    gettext_noop("in the same street"),
    gettext_noop("in the same district"),
    gettext_noop("beyond the district"),
)
"""How far it is, by `distance`."""


@dataclass(frozen=True)
class Measures:
    """What an allocation comes to: `need_met` in percent of all need, the `farthest` way (None:
    nobody goes), `crowded` in percent of its share and whose that is, wishes kept of all wishes,
    how many are `placed`, and for how many there is no room (`left`)."""

    need_met: int
    farthest: int | None
    crowded: int
    crowded_id: int | None
    wishes_kept: int
    wishes: int
    placed: int
    left: int

    def packed(self) -> dict[str, Any]:
        """As the table keeps it."""
        return asdict(self)


def hands_after(instance: Instance, assignment: Assignment) -> dict[int, int]:
    """How many helpers each community has with an assignment."""
    helpers = {site.id: site.helpers for site in instance.sites}
    for party in instance.parties:
        place = assignment.get(party.key)
        if place is not None:
            helpers[place] += party.size
    return helpers


def judge(instance: Instance, assignment: Assignment) -> Measures:
    """What an assignment comes to; parties that it does not name stay where they are."""
    helpers, sites = hands_after(instance, assignment), instance.by_id
    ways, kept, placed = set[int](), 0, 0
    for party in instance.parties:
        place = assignment.get(party.key)
        if place is None:
            continue
        ways.add(distance(party.home, sites[place].path))
        kept += party.size if place == party.wish else 0
        placed += party.size
    crowded = max(sites.values(), key=lambda one: (_percent(instance, one, helpers), -one.id))
    return Measures(
        need_met=_need_met(instance, helpers),
        farthest=max(ways, default=None),
        crowded=_percent(instance, crowded, helpers),
        crowded_id=crowded.id,
        wishes_kept=kept,
        wishes=sum(party.size for party in instance.parties if party.wish is not None),
        placed=placed,
        left=sum(party.size for party in instance.parties) - placed,
    )


def _percent(instance: Instance, site: Site, helpers: Mapping[int, int]) -> int:
    return round(FULL * helpers[site.id] / max(1.0, instance.shares[site.id]))


def _need_met(instance: Instance, helpers: Mapping[int, int]) -> int:
    """The part of all need that stands where helpers are, in percent; all where there is none."""
    needs = sum(site.need for site in instance.sites)
    met = sum(
        site.need * min(1.0, helpers[site.id] / instance.shares[site.id]) for site in instance.sites
    )
    return round(FULL * met / needs) if needs else FULL


class AllocationReason(Code):
    """Why a row stands as it does."""

    NEEDS = (
        "needs",
        gettext_noop(
            "%(community)s has %(needs)s open needs and %(helpers)s helpers: %(percent)s %% of its "
            "share"
        ),
    )
    HERE = "here", gettext_noop("lives or works there")
    STREET = "street", gettext_noop("in the same street")
    DISTRICT = "district", gettext_noop("in the same district")
    WISH = "wish", gettext_noop("as wished")
    SKILL = "skill", gettext_noop("knows what is looked for there: %(skills)s")
    WISH_LOST = (
        "wish-lost",
        gettext_noop(
            "the wish for %(community)s could not be kept: it will have %(percent)s %% of its share"
        ),
    )
    TOGETHER = "together", gettext_noop("%(count)s of the unit stay together")


Reasons = list[tuple[str, dict[str, Any]]]
_WAYS = (AllocationReason.HERE, AllocationReason.STREET, AllocationReason.DISTRICT)


@dataclass(frozen=True)
class SiteFacts:
    """What is told of a community beside its figures in the instance."""

    name: str
    needs: int


def reasons_of(
    instance: Instance,
    party: Party,
    site: Site,
    helpers: Mapping[int, int],
    facts: Mapping[int, SiteFacts],
) -> Reasons:
    """Why a party goes to a community, the weightiest first; with what was wished and not kept.
    `helpers` are those of each community afterwards."""
    before = {one.id: one.helpers for one in instance.sites}
    here = facts[site.id]
    weak = {
        "community": here.name,
        "needs": here.needs,
        "helpers": site.helpers,
        "percent": _percent(instance, site, before),
    }
    reasons: Reasons = [(AllocationReason.NEEDS, weak)]
    way = distance(party.home, site.path)
    if party.home and way < len(_WAYS):
        reasons.append((_WAYS[way], {}))
    if skills := sorted(party.skills & site.skills):
        reasons.append((AllocationReason.SKILL, {"skills": "、".join(skills)}))
    if party.size > 1:
        reasons.append((AllocationReason.TOGETHER, {"count": party.size}))
    if party.wish == site.id:
        reasons.append((AllocationReason.WISH, {}))
    elif party.wish is not None and party.wish in instance.by_id:
        lost = instance.by_id[party.wish]
        percent = _percent(instance, lost, helpers)
        wished = {"community": facts[lost.id].name, "percent": percent}
        reasons.append((AllocationReason.WISH_LOST, wished))
    return reasons

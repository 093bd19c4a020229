"""What an allocation comes to, and why each row stands as it does, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from baodao.allocation.rules.instances import Assignment, Instance, Party, Site, distance
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.people.rules.choices import FREE_TIMES

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
    nobody goes), the most crowded community, what it has and what its share is (`crowded_helpers`,
    `crowded_share`), wishes kept of all wishes, how many are `placed`, for how many there is no
    room (`left`), and the communities `below` the minimum that was asked for."""

    need_met: int
    farthest: int | None
    crowded_id: int | None
    crowded_helpers: int
    crowded_share: int
    wishes_kept: int
    wishes: int
    placed: int
    left: int
    below: Sequence[int] = ()

    def packed(self) -> dict[str, Any]:
        """As the table keeps it."""
        return asdict(self)

    @property
    def crowding(self) -> float:
        """How many times its share the most crowded community has."""
        return self.crowded_helpers / max(1, self.crowded_share)


class Yardstick(Code):
    """What is compared of an allocation, in words."""

    NEED_MET = "need_met", gettext_noop("Need met")
    FARTHEST = "farthest", gettext_noop("Farthest way")
    CROWDED = "crowded", gettext_noop("Most crowded")
    WISHES = "wishes", gettext_noop("Wishes kept")
    BELOW = "below", gettext_noop("Communities below the minimum")
    LEFT = "left", gettext_noop("Without a community")


def worse(today: Measures, proposal: Measures) -> list[Yardstick]:
    """In what a proposal leaves things worse than they are today. Where nobody goes anywhere today
    there is no way to be compared."""
    farther = today.farthest is not None and (proposal.farthest or 0) > today.farthest
    losses = {
        Yardstick.NEED_MET: proposal.need_met < today.need_met,
        Yardstick.FARTHEST: farther,
        Yardstick.CROWDED: proposal.crowding > today.crowding,
        Yardstick.WISHES: proposal.wishes_kept < today.wishes_kept,
        Yardstick.BELOW: len(proposal.below) > len(today.below),
        Yardstick.LEFT: proposal.left > today.left,
    }
    return [yardstick for yardstick, loss in losses.items() if loss]


class TradeOff(Code):
    """Why a figure of a proposal differs from that of today, or does not."""

    MET_MORE = (
        "met-more",
        gettext_noop("%(helped)s of %(weak)s weak communities get more helpers than today"),
    )
    MET_SAME = "met-same", gettext_noop("no weak community gets more helpers by it")
    MET_LESS = (
        "met-less",
        gettext_noop("wishes, ways and units that stay together weigh more here"),
    )
    FARTHER = (
        "farther",
        gettext_noop("somebody goes farther, so that help comes where it is missing"),
    )
    FIRST_WAYS = "first-ways", gettext_noop("nobody goes anywhere today, so nothing is compared")
    NEARER = "nearer", gettext_noop("nobody goes farther than today")
    CROWDED_MORE = "crowded-more", gettext_noop("more are proposed there; look at its rows")
    CROWDED_LESS = "crowded-less", gettext_noop("who is placed goes where there are fewer helpers")
    STAYS = (
        "stays",
        gettext_noop("who serves there already stays: nobody is moved without their word"),
    )
    WISHES_FEWER = (
        "wishes-fewer",
        gettext_noop("%(lost)s gave way to places that lack more; each row says why"),
    )
    WISHES_KEPT = "wishes-kept", gettext_noop("every wish is kept")
    UNWISHED = "unwished", gettext_noop("nobody has told a wish")
    BELOW_SOME = "below-some", gettext_noop("too few can be placed, or these take no more")
    BELOW_NONE = "below-none", gettext_noop("every community has the minimum")
    LEFT_SOME = "left-some", gettext_noop("no community in reach has room for them")
    LEFT_NONE = "left-none", gettext_noop("there is room for everybody")


def _compared(before: float, after: float, three: tuple[TradeOff, TradeOff, TradeOff]) -> TradeOff:
    """The word of less, of the same or of more."""
    less, same, more = three
    if after == before:
        return same
    return more if after > before else less


def trade_off(yardstick: Yardstick, today: Measures, proposal: Measures) -> TradeOff:
    """Why a figure of a proposal stands as it does beside that of today."""
    match yardstick:
        case Yardstick.NEED_MET:
            three = (TradeOff.MET_LESS, TradeOff.MET_SAME, TradeOff.MET_MORE)
            return _compared(today.need_met, proposal.need_met, three)
        case Yardstick.FARTHEST:
            if today.farthest is None:
                return TradeOff.FIRST_WAYS
            return _compared(
                today.farthest,
                proposal.farthest or 0,
                (TradeOff.NEARER, TradeOff.NEARER, TradeOff.FARTHER),
            )
        case Yardstick.CROWDED:
            three = (TradeOff.CROWDED_LESS, TradeOff.STAYS, TradeOff.CROWDED_MORE)
            return _compared(today.crowding, proposal.crowding, three)
        case Yardstick.WISHES:
            if not proposal.wishes:
                return TradeOff.UNWISHED
            fewer = proposal.wishes_kept < proposal.wishes
            return TradeOff.WISHES_FEWER if fewer else TradeOff.WISHES_KEPT
        case Yardstick.BELOW:
            return TradeOff.BELOW_SOME if proposal.below else TradeOff.BELOW_NONE
    return TradeOff.LEFT_SOME if proposal.left else TradeOff.LEFT_NONE


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
    crowded = max(sites.values(), key=lambda one: (_crowding(instance, one, helpers), -one.id))
    return Measures(
        need_met=_need_met(instance, helpers),
        farthest=max(ways, default=None),
        crowded_id=crowded.id,
        crowded_helpers=helpers[crowded.id],
        crowded_share=share_of(instance, crowded),
        wishes_kept=kept,
        wishes=sum(party.size for party in instance.parties if party.wish is not None),
        placed=placed,
        left=sum(party.size for party in instance.parties) - placed,
        below=[site.id for site in instance.sites if helpers[site.id] < instance.minimum],
    )


def share_of(instance: Instance, site: Site) -> int:
    """The share of a community as pages show it, in whole helpers."""
    return round(instance.shares[site.id])


def _crowding(instance: Instance, site: Site, helpers: Mapping[int, int]) -> float:
    return helpers[site.id] / max(1, share_of(instance, site))


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
    FEW_NEEDS = (
        "few-needs",
        gettext_noop("%(community)s has %(needs)s open needs and %(helpers)s helpers"),
    )
    MINIMUM = (
        "minimum",
        gettext_noop(
            "%(community)s has %(helpers)s helpers, and every community should have %(minimum)s"
        ),
    )
    ROOM = (
        "room",
        gettext_noop("%(community)s has room, and places with more needs have none or are farther"),
    )
    HERE = "here", gettext_noop("lives or works there")
    STREET = "street", gettext_noop("in the same street")
    DISTRICT = "district", gettext_noop("in the same district")
    WISH = "wish", gettext_noop("as wished")
    SKILL = "skill", gettext_noop("knows what is looked for there: %(skills)s")
    TIME = "time", gettext_noop("free when people are sought there: %(times)s")
    WISH_LOST = (
        "wish-lost",
        gettext_noop(
            "the wish for %(community)s could not be kept: it will have %(percent)s %% of its share"
        ),
    )
    WISH_NEEDLESS = (
        "wish-needless",
        gettext_noop(
            "the wish for %(community)s could not be kept: its needs call for no more helpers"
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
    reasons: Reasons = _call(instance, site, facts[site.id])
    way = distance(party.home, site.path)
    if party.home and way < len(_WAYS):
        reasons.append((_WAYS[way], {}))
    if skills := sorted(party.skills & site.skills):
        reasons.append((AllocationReason.SKILL, {"skills": "、".join(skills)}))
    if times := [one for one in FREE_TIMES.words if one in party.times & site.times]:
        reasons.append((AllocationReason.TIME, {"times": "、".join(times)}))
    if party.size > 1:
        reasons.append((AllocationReason.TOGETHER, {"count": party.size}))
    if party.wish == site.id:
        reasons.append((AllocationReason.WISH, {}))
    elif party.wish is not None and party.wish in instance.by_id:
        reasons.append(_lost(instance, instance.by_id[party.wish], helpers, facts))
    if not reasons:
        reasons.append((AllocationReason.ROOM, {"community": facts[site.id].name}))
    return reasons


def _call(instance: Instance, site: Site, facts: SiteFacts) -> Reasons:
    """What of a community asks for helpers: its needs, how few it has; nothing where neither
    does."""
    known = {"community": facts.name, "helpers": site.helpers}
    reasons: Reasons = []
    if facts.needs and share_of(instance, site):
        percent = _percent(instance, site, site.helpers)
        more = {"needs": facts.needs, "percent": percent}
        reasons.append((AllocationReason.NEEDS, known | more))
    elif facts.needs:
        reasons.append((AllocationReason.FEW_NEEDS, known | {"needs": facts.needs}))
    if site.helpers < instance.minimum:
        reasons.append((AllocationReason.MINIMUM, known | {"minimum": instance.minimum}))
    return reasons


def _lost(
    instance: Instance, wish: Site, helpers: Mapping[int, int], facts: Mapping[int, SiteFacts]
) -> tuple[str, dict[str, Any]]:
    """Why a wish could not be kept."""
    name = facts[wish.id].name
    if not share_of(instance, wish):
        return AllocationReason.WISH_NEEDLESS, {"community": name}
    percent = _percent(instance, wish, helpers[wish.id])
    return AllocationReason.WISH_LOST, {"community": name, "percent": percent}


def _percent(instance: Instance, site: Site, helpers: int) -> int:
    """How much of its share a community has, where it has one that is shown."""
    return round(FULL * helpers / share_of(instance, site))

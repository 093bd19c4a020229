"""What a proposal is calculated from, as of one instant: communities with what they have and need,
and for whom a community is sought."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from baodao.agenda.rules.times import cells, slots_in, slots_of
from baodao.allocation.models import AllocationLine
from baodao.allocation.rules.choices import (
    OF_UNITS,
    AllocationAim,
    AllocationChoices,
    Newcomer,
    PartyOf,
    grouped,
    wish_named,
)
from baodao.allocation.rules.instances import Instance, Site, need_points
from baodao.allocation.rules.life import LineState
from baodao.allocation.rules.measures import SiteFacts
from baodao.allocation.rules.policies import MOST_HANDS
from baodao.checklist.queries.missing_members import missing_rows
from baodao.checklist.rules.reasons import Why
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import AsOf, year_of
from baodao.needs.queries.needs import need_rows
from baodao.needs.rules.life import NEED
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_by_path
from baodao.orgs.queries.tree import below
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import by_partner_community, contacts_waiting
from baodao.people.models import Membership
from baodao.people.queries.members import memberships, unit_of
from baodao.people.rules.choices import SPECIALTIES
from baodao.registration.queries.registrations import registrations
from baodao.registration.rules.states import State

METRIC_OF = {True: "hosted_units", False: "hosted"}
"""By whether units are placed, the metric that counts who helps in a community already."""
FAIR_ROOM = 2
"""A community takes at most so many times its share by need."""


@dataclass(frozen=True)
class NewcomerRow:
    """For whom a community is sought: a unit, or one of its members with their membership; where
    they are now, None where nowhere."""

    unit: Organisation
    membership: Membership | None
    former_id: int | None


@dataclass(frozen=True)
class AllocationInputs:
    """An instance and the names of what stands in it: `rows` by the keys of the parties' people."""

    instance: Instance
    parties: list[PartyOf]
    rows: Mapping[str, NewcomerRow]
    facts: Mapping[int, SiteFacts]


def communities_in(place: Organisation) -> list[Organisation]:
    """The open communities below a place, in the order of the tree."""
    return list(below(place, Kind.COMMUNITY).filter(closed_at=None).order_by("path"))


def hands_at(place: Organisation, as_of: AsOf, *, of_units: bool) -> dict[int, int]:
    """How many helpers each community below a place had at an instant, by its id; those without any
    are left out."""
    metric = METRICS[METRIC_OF[of_units]]
    query = FigureQuery(place, place_then(place, as_of), (metric,), as_of, year_of(as_of))
    return {
        leaf.id: leaf.figures[metric.code]
        for count in query.counts()
        for leaf in count.leaves()
        if leaf.figures[metric.code]
    }


def inputs(
    actor: Actor, authority: Organisation, choices: AllocationChoices, as_of: AsOf
) -> AllocationInputs:
    """What is read for a proposal of an authority; who is in reach of the actor alone."""
    place = below(authority).get(pk=choices.place_id)
    communities = communities_in(place)
    of_units = choices.aim in OF_UNITS
    helpers = hands_at(place, as_of, of_units=of_units)
    ages = _ages(communities, as_of)
    rows = _rows(actor, authority, choices.aim, communities)
    if choices.aim is AllocationAim.CROWDED:
        rows = _of_crowded(rows, communities, helpers, ages)
    parties = _parties(rows, communities, choices)
    if choices.aim in (AllocationAim.CROWDED, AllocationAim.ALL_UNITS):
        for former_id in (rows[key].former_id for one in parties for key in one.keys):
            if former_id in helpers:
                helpers[former_id] -= 1
    coming = sum(len(one.keys) for one in parties)
    sites = _sites(communities, helpers, ages, coming, choices.minimum)
    instance = Instance(sites, [one.party for one in parties], choices.weights, choices.minimum)
    facts = {one.pk: SiteFacts(one.name, len(ages[one.pk])) for one in communities}
    return AllocationInputs(instance, parties, rows, facts)


def _ages(communities: Collection[Organisation], as_of: AsOf) -> defaultdict[int, list[int]]:
    """For how many days each need of each community that is looked after has waited."""
    ages: defaultdict[int, list[int]] = defaultdict(list)
    live = need_rows().filter(community__in=communities, state__in=NEED.live).order_by()
    for community, since in live.values_list("community", "collected_at"):
        ages[community].append(clock.days_since(since, as_of.on))
    return ages


def _sites(
    communities: Collection[Organisation],
    helpers: Mapping[int, int],
    ages: Mapping[int, list[int]],
    coming: int,
    minimum: int = 0,
) -> list[Site]:
    """The communities with their room: as much as the policy lets, and no more than twice the share
    that their needs call for, or the minimum that every community should have."""
    points = {one.pk: need_points(ages[one.pk]) for one in communities}
    everybody, needs = coming + sum(helpers.values()), sum(points.values())
    values = values_by_path({one.path for one in communities})
    skills, times = _sought(communities)
    return [
        Site(
            one.pk,
            one.path,
            points[one.pk],
            helpers.get(one.pk, 0),
            min(
                values[one.path].of(MOST_HANDS),
                max(
                    minimum,
                    _fair_room(
                        everybody, points[one.pk] / needs if needs else 1 / len(communities)
                    ),
                ),
            ),
            skills[one.pk],
            times[one.pk],
        )
        for one in communities
    ]


def _fair_room(everybody: int, share: float) -> int:
    return 1 + round(FAIR_ROOM * everybody * share)


Sought = defaultdict[int, frozenset[str]]


def _sought(communities: Collection[Organisation]) -> tuple[Sought, Sought]:
    """The specialties that the published offers of each community look for, and the times of the
    week at which those serve that are still to come."""
    skills, times = Sought(frozenset), Sought(frozenset)
    rows = offer_rows().filter(community__in=communities, state=OfferState.PUBLISHED)
    columns = ("community", "specialties", "starts_at", "ends_at", "schedule")
    for community, text, starts_at, ends_at, when in rows.order_by().values_list(*columns):
        if starts_at is None or starts_at > clock.now():
            times[community] |= cells(slots_of(starts_at, ends_at, when))
        if text:
            skills[community] |= frozenset(SPECIALTIES.read(text).words)
    return skills, times


def _rows(
    actor: Actor,
    authority: Organisation,
    aim: AllocationAim,
    communities: Collection[Organisation],
) -> dict[str, NewcomerRow]:
    """For whom a community is sought, by a key that sorts as lists do; nobody who is asked
    already."""
    if aim in OF_UNITS:
        return _units(authority, aim)
    if aim is AllocationAim.MEMBERS:
        rows = missing_rows(actor, authority).filter(why=Why.NO_LETTER)
        members: list[tuple[Membership, int | None]] = [
            (row, None) for row in rows.select_related("person", "branch__parent")
        ]
    else:
        members = _registered(actor, authority, communities)
    waiting = _waiting(row.person_id for row, _former in members)
    return {
        str(row.person_id): NewcomerRow(unit_of(row.branch), row, former)
        for row, former in members
        if row.person_id not in waiting
    }


def _waiting(person_ids: Iterable[object]) -> set[object]:
    """Who of these has an invitation to answer, or agreed to one that waits for the letter."""
    rows = AllocationLine.objects.filter(person__in=list(person_ids), settled_at=None)
    waiting = rows.filter(state__in=(LineState.INVITED, LineState.ACCEPTED))
    return set(waiting.values_list("person", flat=True))


def _units(authority: Organisation, aim: AllocationAim) -> dict[str, NewcomerRow]:
    units = list(below(authority, Kind.UNIT).filter(closed_at=None).order_by("path"))
    keys = [unit.pk for unit in units]
    partners = by_partner_community(keys)
    waiting = contacts_waiting(keys)
    lines = AllocationLine.objects.filter(unit__in=keys, person=None, state=LineState.INVITED)
    busy = waiting | set(lines.values_list("unit", flat=True))
    return {
        f"{number:06d}": NewcomerRow(
            unit, None, partners[unit.pk].pk if unit.pk in partners else None
        )
        for number, unit in enumerate(units)
        if unit.pk not in busy and (aim is AllocationAim.ALL_UNITS or unit.pk not in partners)
    }


def _registered(
    actor: Actor, authority: Organisation, communities: Collection[Organisation]
) -> list[tuple[Membership, int | None]]:
    """Members of units below the authority who are registered in these communities."""
    rows = registrations(actor, Permission.REGISTRATION_READ).filter(
        state=State.ACCEPTED,
        community__in=communities,
        person__memberships__closed_at=None,
        person__memberships__branch__path__startswith=authority.path,
    )
    places = dict(rows.order_by().values_list("person", "community"))
    members = memberships(actor, Permission.REGISTRATION_READ).filter(person__in=places)
    ordered = members.order_by("branch__path", "person__pinyin", "person")
    return [(row, places[row.person_id]) for row in ordered]


def _of_crowded(
    rows: Mapping[str, NewcomerRow],
    communities: Collection[Organisation],
    helpers: Mapping[int, int],
    ages: Mapping[int, list[int]],
) -> dict[str, NewcomerRow]:
    """Only those whose community has more helpers than its share by need."""
    sites = _sites(communities, helpers, ages, 0)
    plain = Instance(sites, ())
    crowded = {site.id for site in sites if site.helpers > plain.shares[site.id]}
    return {key: row for key, row in rows.items() if row.former_id in crowded}


def _parties(
    rows: Mapping[str, NewcomerRow],
    communities: Collection[Organisation],
    choices: AllocationChoices,
) -> list[PartyOf]:
    """Who goes together; of members, none whose home is known and lies elsewhere."""
    paths = {one.pk: one.path for one in communities}
    names = {one.name: one.pk for one in communities}
    newcomers = [
        one for key, row in rows.items() if (one := _newcomer(key, row, paths, names)) is not None
    ]
    return grouped(newcomers, choices.grouping)


def _newcomer(
    key: str, row: NewcomerRow, paths: Mapping[int, str], names: Mapping[str, int]
) -> Newcomer | None:
    if row.membership is None:
        return Newcomer(key, row.unit.pk, row.unit.pk, row.unit.path, row.former_id)
    person = row.membership.person
    home = person.home_community_id
    if home is not None and home not in paths:
        return None
    wish = row.former_id or wish_named(person.wishes, names) or home
    skills = frozenset(SPECIALTIES.read(person.specialty).words)
    where = paths[home] if home is not None else ""
    times = cells(slots_in(person.free_times))
    return Newcomer(key, row.unit.pk, row.membership.branch_id, where, wish, skills, times)

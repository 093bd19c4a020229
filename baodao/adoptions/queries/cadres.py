"""The work of contact cadres (S5, R4): visits, problems collected and solved by week and month,
counted from what they wrote down; what an adopted policy says of the month beside it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.accounts.queries import is_on
from baodao.accounts.rules import UNIT_ORDER
from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.results import not_resting, results
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.tree import PLACES
from baodao.people.models import Membership
from baodao.people.queries.members import memberships_of, present_units
from baodao.policies.rules.grammar import WindowSpan
from baodao.policies.rules.measures import SubjectKind
from baodao.policies.rules.windows import Days, blocks
from baodao.problems.queries.problems import closures_until, problem_rows
from baodao.visits.queries.contacts import contact_rows
from baodao.visits.queries.visits import visits_until

VISITS, COLLECTED, SOLVED = "visits", "collected", "solved"
COUNTED = (VISITS, COLLECTED, SOLVED)
MOST_DAYS = 31
"""Up to so many days a time is shown by its weeks."""

Deeds = Mapping[tuple[UUID, str], list[date]]
"""By cadre and what is counted the days of it."""


@dataclass(frozen=True)
class CadreLine:
    """What one cadre did in a time: how much altogether, and in each of its weeks."""

    person_id: UUID
    unit: Organisation | None
    totals: Counter[str]
    weeks: tuple[Counter[str], ...]
    result: PolicyResult | None = None


@dataclass(frozen=True)
class UnitLine:
    """The cadres of a unit together."""

    unit: Organisation
    cadres: int
    totals: Counter[str]


@dataclass(frozen=True)
class CadreWork:
    """The contact cadres of a place or of a unit in a time. `is_ordered` is whether units stand by
    how much was done, which only a switch allows and only of a quarter: persons never do."""

    weeks: tuple[Days, ...]
    lines: tuple[CadreLine, ...]
    is_ordered: bool = False
    totals: Counter[str] = field(default_factory=Counter)

    @property
    def units(self) -> list[UnitLine]:
        """By unit, as the tree stands."""
        groups: dict[int, list[CadreLine]] = defaultdict(list)
        units = {one.unit.pk: one.unit for one in self.lines if one.unit}
        for line in self.lines:
            if line.unit:
                groups[line.unit.pk].append(line)
        rows = [
            UnitLine(units[key], len(some), sum((one.totals for one in some), Counter[str]()))
            for key, some in groups.items()
        ]
        rows.sort(key=lambda row: row.unit.path)
        if self.is_ordered:
            rows.sort(key=lambda row: [-row.totals[name] for name in COUNTED])
        return rows


def cadre_work_of(actor: Actor, place: Organisation, period: Period) -> CadreWork:
    """Of a place the contacts of what lies below it, and what they did there; of a unit its members
    who are contacts, wherever that is."""
    persons = _cadres(actor, place, period)
    deeds = _deeds(place, persons, period)
    days = Days(period.first, period.last)
    weeks = blocks(WindowSpan.WEEK, days) if len(days) <= MOST_DAYS else ()
    units = present_units(persons)
    outcomes = _results(actor, persons, days)
    lines = tuple(
        CadreLine(
            person,
            units.get(person),
            Counter({name: len(deeds[person, name]) for name in COUNTED}),
            tuple(_in_week(deeds, person, week) for week in weeks),
            outcomes.get(person),
        )
        for person in persons
    )
    totals = sum((one.totals for one in lines), Counter[str]())
    is_quarter = "-Q" in str(period)
    return CadreWork(weeks, lines, is_quarter and is_on(UNIT_ORDER, place), totals)


def _in_week(deeds: Deeds, person: UUID, week: Days) -> Counter[str]:
    return Counter(
        {
            name: sum(week.first <= day <= week.last for day in deeds[person, name])
            for name in COUNTED
        }
    )


def _cadres(actor: Actor, place: Organisation, period: Period) -> list[UUID]:
    """Who was a contact on a day of the time."""
    rows = contact_rows().select_related(None).filter(since__lte=period.last)
    rows = rows.filter(Q(until=None) | Q(until__gte=period.first))
    if place.kind in PLACES:
        here = within(rows, actor, Permission.CONTACT_READ, "place__path")
        rows = here.filter(place__path__startswith=place.path)
    else:
        rows = rows.filter(person__in=_members(actor, place))
    return sorted(set(rows.order_by().values_list("person", flat=True)))


def _members(actor: Actor, unit: Organisation) -> QuerySet[Membership, UUID]:
    rows = within(memberships_of(unit), actor, Permission.CONTACT_READ, "branch__path")
    return rows.order_by().values_list("person", flat=True)


def _deeds(place: Organisation, persons: Collection[UUID], period: Period) -> Deeds:
    """The days on which each visited, and on which problems that came of a visit were put on a list
    and closed as solved; of a place what was below it."""
    here = Q(community__in=ids_below(place.path)) if place.kind in PLACES else Q()
    now, span = clock.now(), (period.first, period.last)
    visits = visits_until(now).filter(here, person__in=persons)
    deeds: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    for person, on in visits.filter(on__range=span).order_by().values_list("person", "on"):
        deeds[person, VISITS].append(on)
    there = visits.order_by().values("pk")
    between = (period.begins_at, period.ends_at)
    raised = problem_rows().select_related(None).filter(visit__in=there, raised_at__range=between)
    closed = closures_until(now).filter(problem__visit__in=there, closed_at__range=between)
    for name, rows in (
        (COLLECTED, raised.order_by().values_list("visit__person", "raised_at")),
        (SOLVED, closed.order_by().values_list("problem__visit__person", "closed_at")),
    ):
        for person, at in rows:
            deeds[person, name].append(clock.local(at).date())
    return deeds


def _results(actor: Actor, persons: Collection[UUID], days: Days) -> Mapping[UUID, PolicyResult]:
    """What a policy about cadres says of just this time, of those whom the actor reads."""
    rows = results(actor).filter(person__in=persons, adoption__subject=SubjectKind.CADRE)
    rows = not_resting(rows.filter(period_from=days.first, period_until=days.last))
    return {row.person_id: row for row in rows if row.person_id}

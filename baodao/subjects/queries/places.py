"""Facts of units, branches and communities for policies, as they were known at an instant.

Which branch stood below which unit is asked of the tree of that instant; a service counts for the
branch that its record names, which is that of its day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baodao.attendance.queries.effects import effects_until
from baodao.attendance.rules.effects import IN_POLICIES
from baodao.exemptions.queries import approved_until
from baodao.exemptions.rules.reasons import Effect
from baodao.ledger.queries.records import record_rows
from baodao.ledger.rules.records import Way
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.queries.offers import published_until
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import OrganisationThen, tree_at
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.queries.members import ever
from baodao.people.rules.standing import Standing
from baodao.policies.queries.present import present_version
from baodao.policies.queries.texts import rules_of
from baodao.policies.rules.assessments import PASS, assess
from baodao.policies.rules.deeds import Deed, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait, SubjectKind
from baodao.registration.queries.registrations import registration_rows
from baodao.subjects.queries.members import chunks, day_of, facts_of_members
from baodao.visits.queries.visits import visits_until

CHUNK = 100
"""Organisations of which the facts are read and told at once."""
STOCKS = frozenset({DeedKind.MEMBER, DeedKind.REPORTED, DeedKind.COMPLETED})
HELPS = (Way.PAIRING, Way.WISH)
"""Ways of a service that help somebody in difficulty."""

Deeds = defaultdict[int, list[Deed]]
"""The deeds of each organisation by its id."""
Branches = Mapping[int, int]
"""For which organisation what a branch, or the organisation itself, did counts."""


def facts_of_units(
    organisation: Organisation, as_of: datetime, kinds: Collection[DeedKind]
) -> Iterator[tuple[int, SubjectFacts]]:
    """Activities that a unit organised and that took place, helps, days of its contact cadres in a
    community, and how many of its members should report, did, and did what is asked of them."""
    tree = tree_at(as_of, organisation.path)
    units = [row for row in tree.values() if row.kind == Kind.UNIT]
    for chunk in chunks(units, CHUNK):
        branches = _branches_of(chunk, tree)
        deeds_of: Deeds = defaultdict(list)
        _read_organised(branches, as_of, deeds_of)
        _read_helps(branches, as_of, deeds_of)
        _read_contacts(branches, as_of, deeds_of)
        if STOCKS & {*kinds}:
            _read_stocks(branches, as_of, kinds, deeds_of)
        yield from _subjects(chunk, deeds_of)


def facts_of_branches(
    organisation: Organisation, as_of: datetime, kinds: Collection[DeedKind]
) -> Iterator[tuple[int, SubjectFacts]]:
    """Activities in which a member of the branch served, each once, with the effect grade that the
    community gave it, helps, and the stocks."""
    tree = tree_at(as_of, organisation.path)
    rows = [row for row in tree.values() if row.kind == Kind.BRANCH]
    for chunk in chunks(rows, CHUNK):
        branches = {row.id: row.id for row in chunk}
        deeds_of: Deeds = defaultdict(list)
        _read_joined(branches, as_of, deeds_of)
        _read_helps(branches, as_of, deeds_of)
        if STOCKS & {*kinds}:
            _read_stocks(branches, as_of, kinds, deeds_of)
        yield from _subjects(chunk, deeds_of)


def facts_of_communities(
    organisation: Organisation,
    as_of: datetime,
    kinds: Collection[DeedKind],  # noqa: ARG001 it has no stocks
) -> Iterator[tuple[int, SubjectFacts]]:
    """Activities that a community offered, on the day for which they were."""
    tree = tree_at(as_of, organisation.path)
    rows = [row for row in tree.values() if row.kind == Kind.COMMUNITY]
    for chunk in chunks(rows, CHUNK):
        deeds_of: Deeds = defaultdict(list)
        offers = published_until(as_of).filter(
            kind=ACTIVITY.code, community__in=[row.id for row in chunk], starts_at__isnull=False
        )
        columns = ("id", "community", "starts_at", "title")
        for key, place, starts_at, title in offers.order_by().values_list(*columns):
            traits = {DeedTrait.OFFER: str(key), DeedTrait.KIND: title}
            deeds_of[place].append(Deed(str(key), DeedKind.OFFER, day_of(starts_at), traits=traits))
        yield from _subjects(chunk, deeds_of)


def _subjects(
    rows: Collection[OrganisationThen], deeds_of: Deeds
) -> Iterator[tuple[int, SubjectFacts]]:
    for row in rows:
        yield row.id, SubjectFacts(str(row.id), tuple(deeds_of[row.id]))


def _branches_of(
    units: Collection[OrganisationThen], tree: Mapping[int, OrganisationThen]
) -> dict[int, int]:
    """Each unit and what stood below it then, with the unit."""
    by_path = {row.path: row.id for row in units}
    owners = {row.id: row.id for row in units}
    for row in tree.values():
        if row.kind == Kind.BRANCH:
            above = next((key for path, key in by_path.items() if row.path.startswith(path)), None)
            if above is not None:
                owners[row.id] = above
    return owners


def _read_organised(branches: Branches, as_of: datetime, deeds_of: Deeds) -> None:
    """Activities whose list of who came was recorded."""
    rows = published_until(as_of).filter(
        kind=ACTIVITY.code, organiser__in=[*branches], recorded_at__lt=as_of
    )
    grades = _grades(as_of, rows.values("pk"))
    columns = ("id", "organiser", "starts_at", "recorded_at")
    for key, organiser, starts_at, recorded_at in rows.order_by().values_list(*columns):
        on = day_of(starts_at or recorded_at)
        traits = {DeedTrait.OFFER: str(key), **grades.get(key, {})}
        deeds_of[branches[organiser]].append(Deed(str(key), DeedKind.ACTIVITY, on, traits=traits))


def _services(branches: Branches, as_of: datetime, ways: Collection[Way]) -> QuerySet[Any, Any]:
    rows = record_rows().filter(branch__in=[*branches], recorded_at__lt=as_of, way__in=ways)
    columns = ("id", "branch", "served_on", "minutes", "community", "offer_id", "reverses")
    return rows.select_related(None).order_by("served_on", "id").values_list(*columns)


def _read_helps(branches: Branches, as_of: datetime, deeds_of: Deeds) -> None:
    """Services for a household of a pairing or for a wish."""
    for key, branch, on, minutes, _place, _offer, reverses in _services(branches, as_of, HELPS):
        back = str(reverses) if reverses else ""
        deed = Deed(str(key), DeedKind.HELP, on, minutes=minutes, reverses=back)
        deeds_of[branches[branch]].append(deed)


def _read_joined(branches: Branches, as_of: datetime, deeds_of: Deeds) -> None:
    """Activities in which members served; of one without an offer those of a day and community."""
    rows = list(_services(branches, as_of, (Way.ACTIVITY,)))
    undone = {row[-1] for row in rows if row[-1]}
    grades = _grades(as_of, {row[5] for row in rows if row[5]})
    seen: set[tuple[int, object]] = set()
    for key, branch, on, minutes, place, offer, reverses in rows:
        own = branches[branch]
        if reverses or key in undone or (own, offer or (on, place)) in seen:
            continue
        seen.add((own, offer or (on, place)))
        traits = {DeedTrait.OFFER: str(offer)} if offer else {}
        traits |= grades.get(offer, {})
        deeds_of[own].append(Deed(str(key), DeedKind.ACTIVITY, on, minutes=minutes, traits=traits))


def _grades(as_of: datetime, offers: Any) -> dict[UUID, dict[DeedTrait, str]]:
    """How well these activities worked, as their community had said by then."""
    rows = effects_until(as_of).filter(offer__in=offers).values_list("offer", "grade")
    return {offer: {DeedTrait.GRADE: IN_POLICIES[grade]} for offer, grade in rows}


def _read_contacts(branches: Branches, as_of: datetime, deeds_of: Deeds) -> None:
    """Days on which a contact cadre of the unit was in a community, each once."""
    rows = visits_until(as_of).filter(branch__in=[*branches]).order_by("on", "pk")
    seen: set[tuple[int, date, int]] = set()
    for key, branch, on, place in rows.values_list("id", "branch", "on", "community"):
        own = branches[branch]
        if (own, on, place) not in seen:
            seen.add((own, on, place))
            traits = {DeedTrait.PLACE: str(place)}
            deeds_of[own].append(Deed(str(key), DeedKind.VISIT, on, traits=traits))


def _read_stocks(
    branches: Branches, as_of: datetime, kinds: Collection[DeedKind], deeds_of: Deeds
) -> None:
    """How many members should report on the day, how many of them did, and how many did what the
    policy asks that holds for members there; without such a policy nobody did."""
    day = day_of(as_of - timedelta(microseconds=1))
    due = _due(branches, as_of, day)
    here = registration_rows().filter(person=OuterRef("person"), accepted_at__lt=as_of)
    here = here.filter(Q(ended_at=None) | Q(ended_at__gte=as_of)).select_related(None).order_by()
    counts = {
        DeedKind.MEMBER: _counted(due, branches),
        DeedKind.REPORTED: _counted(due.filter(Exists(here)), branches),
    }
    if DeedKind.COMPLETED in kinds:
        counts[DeedKind.COMPLETED] = _completed(due, branches, as_of, day)
    for kind, numbers in counts.items():
        for own, number in numbers.items():
            deeds_of[own].append(Deed(f"{kind}-{own}", kind, day, value=number))


def _due(branches: Branches, as_of: datetime, day: date) -> QuerySet[Membership]:
    """Members in service who are not exempt on the day."""
    rows = ever().filter(
        Q(closed_at=None) | Q(closed_at__gte=as_of),
        branch__in=[*branches],
        recorded_at__lt=as_of,
        standing=Standing.IN_SERVICE,
    )
    exempt = approved_until(as_of).filter(
        Q(to_on=None) | Q(to_on__gte=day), person=OuterRef("person"), from_on__lte=day
    )
    return rows.exclude(Exists(exempt.exclude(effect=Effect.OTHER_PLACE)))


def _counted(rows: QuerySet[Membership], branches: Branches) -> Counter[int]:
    numbers: Counter[int] = Counter()
    groups = rows.order_by().values_list("branch").annotate(Count("person", distinct=True))
    for branch, number in groups:
        numbers[branches[branch]] += number
    return numbers


def _completed(
    due: QuerySet[Membership], branches: Branches, as_of: datetime, day: date
) -> Counter[int]:
    """How many of the members meet, or need not meet, what is asked of members there."""
    persons: defaultdict[int, list[UUID]] = defaultdict(list)
    for branch, person in due.order_by("person").values_list("branch", "person"):
        persons[branches[branch]].append(person)
    numbers: Counter[int] = Counter()
    for own, members in persons.items():
        version = present_version(by_id(own), SubjectKind.PERSON, day)
        if version is None:
            continue
        rules = rules_of(version)
        for facts in facts_of_members(members, as_of):
            numbers[own] += assess(rules, facts, day, tells=False).outcome in PASS
    return numbers

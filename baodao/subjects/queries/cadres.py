"""Facts of contact cadres for policies, as they were known at an instant: visits, households, the
problems that came of visits and how many of them were solved."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from baodao.orgs.models import Organisation
from baodao.people.queries.members import belonged
from baodao.policies.rules.deeds import Deed, Spell, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.problems.queries.problems import closures_until, problem_rows
from baodao.subjects.queries.members import chunks, day_of
from baodao.visits.queries.contacts import contact_rows
from baodao.visits.queries.visits import visits_until
from baodao.visits.rules.contacts import ContactKind

CHUNK = 1_000
"""Cadres of whom the facts are read and told at once."""
SECTION = "section"
"""The group of who has a contact point: section cadres (科级干部) are given one, and no rank of
anybody is kept."""

Deeds = defaultdict[UUID, list[Deed]]


def facts_of_cadres(
    organisation: Organisation,
    as_of: datetime,
    kinds: Collection[DeedKind],  # noqa: ARG001 all of them are few
) -> Iterator[tuple[int, SubjectFacts]]:
    """Everybody who has or had a contact point, a member below the organisation or the contact of a
    place there, with the branch of their last membership."""
    persons = _cadres(organisation, as_of)
    for chunk in chunks(sorted(persons), CHUNK):
        spells = _spells(chunk, as_of)
        deeds_of: Deeds = defaultdict(list)
        _read_visits(chunk, as_of, deeds_of)
        _read_problems(chunk, as_of, deeds_of)
        for person in chunk:
            facts = SubjectFacts(str(person), tuple(deeds_of[person]), tuple(spells[person]))
            yield persons[person], facts


def _cadres(organisation: Organisation, as_of: datetime) -> dict[UUID, int]:
    """The cadres among the members below an organisation, each with the branch."""
    cadres = contact_rows().filter(assigned_at__lt=as_of).select_related(None).values("person")
    rows = belonged(organisation).filter(recorded_at__lt=as_of, person__in=cadres.order_by())
    return dict(rows.order_by("recorded_at", "pk").values_list("person", "branch"))


def _spells(persons: Collection[UUID], as_of: datetime) -> defaultdict[UUID, list[Spell]]:
    """The times of their contact points; what was ended after the instant was open at it."""
    rows = contact_rows().select_related(None).filter(person__in=persons, assigned_at__lt=as_of)
    spells: defaultdict[UUID, list[Spell]] = defaultdict(list)
    columns = ("person", "since", "until", "ended_at")
    for person, since, until, ended_at in rows.order_by("since", "pk").values_list(*columns):
        known = until if ended_at is None or ended_at < as_of else None
        spells[person].append(Spell(since, known, group=SECTION))
    return spells


def _read_visits(persons: Collection[UUID], as_of: datetime, deeds_of: Deeds) -> None:
    """Each visit; one to a household is a household visited too."""
    rows = visits_until(as_of).filter(person__in=persons)
    columns = ("id", "person", "on", "community", "contact", "contact__kind")
    for key, person, on, place, contact, kind in rows.order_by().values_list(*columns):
        traits = {DeedTrait.PLACE: str(place)}
        deeds_of[person].append(Deed(str(key), DeedKind.VISIT, on, traits=traits))
        if kind == ContactKind.HOUSEHOLD:
            home = {DeedTrait.PLACE: str(contact)}
            deeds_of[person].append(Deed(f"{key}-household", DeedKind.HOUSEHOLD, on, traits=home))


def _read_problems(persons: Collection[UUID], as_of: datetime, deeds_of: Deeds) -> None:
    """Problems made of their visits, on the day they were put on the list; those that stood as
    solved at the instant, on the day they were closed."""
    rows = problem_rows().select_related(None).filter(visit__person__in=persons)
    columns = ("id", "visit__person", "raised_at")
    for key, person, raised_at in rows.filter(raised_at__lt=as_of).order_by().values_list(*columns):
        deeds_of[person].append(Deed(str(key), DeedKind.PROBLEM_COLLECTED, day_of(raised_at)))
    closures = closures_until(as_of).filter(problem__visit__person__in=persons).order_by()
    columns = ("problem", "problem__visit__person", "closed_at")
    for key, person, closed_at in closures.values_list(*columns):
        deeds_of[person].append(Deed(f"{key}-solved", DeedKind.PROBLEM_SOLVED, day_of(closed_at)))

"""Whom an adopted policy is about, as known at an instant, and what is known of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef

from baodao.adoptions.models import Adoption
from baodao.orgs.models import Organisation
from baodao.people.queries.members import belonged, ever
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.measures import SubjectKind
from baodao.subjects.queries.members import facts_of_members
from baodao.subjects.queries.subjects import subjects_below

CHUNK = 2_000
"""Subjects that are looked at in one transaction."""


@dataclass(frozen=True)
class PolicySubject:
    """A member with the branch to which they belonged, or an organisation alone."""

    place_id: int
    person_id: UUID | None = None

    @property
    def key(self) -> str:
        """Under which the facts have it."""
        return str(self.person_id or self.place_id)


def subjects_of(adoption: Adoption, as_of: datetime) -> Iterator[list[PolicySubject]]:
    """All whom it is about as known at an instant, a chunk at a time."""
    if adoption.subject == SubjectKind.PERSON:
        rows = _members(adoption.organisation, as_of, None)
    else:
        rows = _others(adoption, as_of)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def subjects_among(
    adoption: Adoption, persons: Collection[UUID], as_of: datetime
) -> Iterator[list[PolicySubject]]:
    """Those of these persons whom it is about, a chunk at a time."""
    keys = sorted(persons)
    for start in range(0, len(keys), CHUNK):
        few = keys[start : start + CHUNK]
        yield list(_members(adoption.organisation, as_of, few))


def _members(
    organisation: Organisation, as_of: datetime, persons: Collection[UUID] | None
) -> Iterator[PolicySubject]:
    """Who belongs to a branch below the organisation, or belonged there last: whoever moved into
    another place's reach is asked there."""
    later = ever().filter(
        person=OuterRef("person"), recorded_at__gt=OuterRef("recorded_at"), recorded_at__lt=as_of
    )
    rows = belonged(organisation).filter(~Exists(later), recorded_at__lt=as_of)
    if persons is not None:
        rows = rows.filter(person__in=persons)
    last = rows.order_by("person", "-from_on", "-pk").distinct("person")
    for person, branch in last.values_list("person", "branch").iterator(chunk_size=CHUNK):
        yield PolicySubject(branch, person)


def facts_of(
    adoption: Adoption, subjects: Collection[PolicySubject], as_of: datetime
) -> Iterator[SubjectFacts]:
    """What is known of these subjects of the adoption at an instant, in their order."""
    if adoption.subject == SubjectKind.PERSON:
        yield from facts_of_members([one.person_id for one in subjects if one.person_id], as_of)
        return
    known = {facts.key: facts for _, facts in _with_facts(adoption, as_of)}
    yield from (known[one.key] for one in subjects)


def _with_facts(adoption: Adoption, as_of: datetime) -> Iterator[tuple[int, SubjectFacts]]:
    return subjects_below(adoption.rules, adoption.organisation, as_of)


def _others(adoption: Adoption, as_of: datetime) -> Iterator[PolicySubject]:
    """Organisations below, or contact cadres with the place under which they are told."""
    of_people = adoption.subject == SubjectKind.CADRE
    for place, facts in _with_facts(adoption, as_of):
        yield PolicySubject(place, UUID(facts.key) if of_people else None)

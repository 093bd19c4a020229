"""Subjects of every kind with their facts, and under which organisation each is told."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.people.queries.members import belonged, names_of, numbers_of
from baodao.policies.queries.facts import facts_below
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.measures import SubjectKind

PlacedFacts = tuple[int, SubjectFacts]
"""The id of the organisation under which a subject is told, and its facts."""


def subjects_below(
    kind: SubjectKind, organisation: Organisation, as_of: datetime
) -> Iterator[PlacedFacts]:
    """All subjects of a kind below an organisation that the caller may see, as known at an
    instant: members under the branch of their last membership."""
    return _BELOW[kind](organisation, as_of)


def _members(organisation: Organisation, as_of: datetime) -> Iterator[PlacedFacts]:
    rows = belonged(organisation).filter(recorded_at__lt=as_of)
    places = dict(rows.order_by("recorded_at", "pk").values_list("person", "branch"))
    for facts in facts_below(organisation, as_of):
        yield places[UUID(facts.key)], facts


_BELOW: dict[SubjectKind, Callable[[Organisation, datetime], Iterator[PlacedFacts]]] = {
    SubjectKind.PERSON: _members,
}


def called(kind: SubjectKind, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """The name and the volunteer number or code of subjects by their keys."""
    if kind in (SubjectKind.PERSON, SubjectKind.CADRE):
        persons = [UUID(key) for key in keys]
        names, numbers = names_of(persons), numbers_of(persons)
        return {key: (names[UUID(key)], numbers[UUID(key)]) for key in keys}
    rows = organisations_anywhere().filter(pk__in=[int(key) for key in keys])
    return {str(pk): (name, code) for pk, name, code in rows.values_list("pk", "name", "code")}

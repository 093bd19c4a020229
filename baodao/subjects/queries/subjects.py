"""Subjects of every kind with their facts, and under which organisation each is told."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from uuid import UUID

from baodao.orgs.models import Organisation
from baodao.people.queries.members import belonged
from baodao.policies.rules.checks import kinds_in
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import DeedKind, SubjectKind
from baodao.subjects.queries.cadres import facts_of_cadres
from baodao.subjects.queries.members import facts_below
from baodao.subjects.queries.places import (
    facts_of_branches,
    facts_of_communities,
    facts_of_units,
)

PlacedFacts = tuple[int, SubjectFacts]
"""The id of the organisation under which a subject is told, and its facts."""


def subjects_below(
    rules: RuleSet, organisation: Organisation, as_of: datetime
) -> Iterator[PlacedFacts]:
    """All subjects of which a policy speaks below an organisation that the caller may see, as known
    at an instant: persons under the branch of their last membership, organisations as themselves.
    """
    return _BELOW[rules.subject](organisation, as_of, kinds_in(rules))


def _members(
    organisation: Organisation,
    as_of: datetime,
    kinds: Collection[DeedKind],  # noqa: ARG001 all of them are read in one go
) -> Iterator[PlacedFacts]:
    rows = belonged(organisation).filter(recorded_at__lt=as_of)
    places = dict(rows.order_by("recorded_at", "pk").values_list("person", "branch"))
    for facts in facts_below(organisation, as_of):
        yield places[UUID(facts.key)], facts


Reader = Callable[[Organisation, datetime, Collection[DeedKind]], Iterator[PlacedFacts]]

_BELOW: dict[SubjectKind, Reader] = {
    SubjectKind.PERSON: _members,
    SubjectKind.BRANCH: facts_of_branches,
    SubjectKind.UNIT: facts_of_units,
    SubjectKind.COMMUNITY: facts_of_communities,
    SubjectKind.CADRE: facts_of_cadres,
}

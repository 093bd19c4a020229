"""What of one list fits something on the other, and why, in words that both say."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.people.facts import Fitness
from baodao.people.queries.choices import lists_by
from baodao.resources.models import Resource
from baodao.resources.queries.lists import kinds_at

T = TypeVar("T")
MOST = 5
"""So many are suggested, those with most in common first."""


class ListFit(NamedTuple):
    """Something that fits, and the words in which both speak of the same."""

    row: Any
    words: str


class _TopicReader:
    """Reads what texts speak of, by the lists of words that hold at a place."""

    def __init__(self, place: Organisation) -> None:
        skills = lists_by(values_at(place.path))[Fitness.SKILL]
        self._lists = (kinds_at(place), skills)

    def topics(self, *texts: str) -> frozenset[str]:
        text = "、".join(texts)
        return frozenset().union(*(words.within(text) for words in self._lists))


def _fitting(topics: frozenset[str], rows: Iterable[tuple[T, frozenset[str]]]) -> list[ListFit]:
    common = [(row, sorted(topics & theirs)) for row, theirs in rows]
    fits = [ListFit(row, "、".join(words)) for row, words in common if words]
    return sorted(fits, key=lambda fit: -fit.words.count("、"))[:MOST]


def resources_for(need: Need, rows: Iterable[Resource]) -> list[ListFit]:
    """Which of these resources fit a need."""
    reader = _TopicReader(need.community)
    theirs = ((row, _topics_of(reader, row)) for row in rows)
    return _fitting(reader.topics(need.text), theirs)


def needs_for(resource: Resource, calls: Iterable[Any]) -> list[ListFit]:
    """Which of these needs on a list a resource fits."""
    reader = _TopicReader(resource.unit)
    theirs = ((call, reader.topics(call.need.text)) for call in calls)
    return _fitting(_topics_of(reader, resource), theirs)


def _topics_of(reader: _TopicReader, row: Resource) -> frozenset[str]:
    return reader.topics(row.kind, row.title, row.text)

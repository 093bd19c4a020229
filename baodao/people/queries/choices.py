"""The lists of words to choose from at a place: the usual ones, and what authorities add."""

from collections.abc import Sequence

from baodao.kernel.choice_lists import ChoiceList, widened
from baodao.orgs.queries.policies import PolicyValues, values_at
from baodao.people.facts import FACTS, Facts, Fitness, PersonFact, with_role
from baodao.people.models import Person
from baodao.people.queries.facts import texts_of, value_of

Lists = dict[Fitness, ChoiceList]
"""The lists by what they say when an offer is to fit."""


def choice_lists_at(path: str, facts: Facts = FACTS) -> dict[str, ChoiceList]:
    """The lists that hold at a path, by the names of the facts that choose from them."""
    return _choice_lists(values_at(path), facts)


def lists_by(values: PolicyValues) -> Lists:
    """The lists that hold where these values do."""
    lists = _choice_lists(values, FACTS)
    return {fact.role: lists[fact.name] for fact in FACTS if fact.role and fact.name in lists}


def _choice_lists(values: PolicyValues, facts: Facts) -> dict[str, ChoiceList]:
    return {
        fact.name: widened(fact.choice_list, _added(fact, values))
        for fact in facts
        if fact.choice_list
    }


def _added(fact: PersonFact, values: PolicyValues) -> tuple[str, ...]:
    more: Sequence[str] = values.of(fact.add) if fact.add else ()
    return tuple(more)


def words_by(person: Person, role: Fitness, lists: Lists) -> frozenset[str]:
    """The words of a list that a person chose, or of which they write in any fact of the role."""
    return frozenset[str]().union(*map(lists[role].within, texts_of(person, role)))


def pieces_beside(person: Person, role: Fitness, lists: Lists) -> tuple[str, ...]:
    """What a person wrote beside the words of the list."""
    facts = (fact for fact in with_role(role) if fact.choice_list)
    return tuple(piece for fact in facts for piece in lists[role].read(value_of(fact, person)).rest)

"""The facts of a person as pages, copies and papers show them; who may look was asked before."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from baodao.kernel.masks import masked_id, masked_phone
from baodao.orgs.queries.tree import place_name
from baodao.people.facts import (
    FACTS,
    FactKind,
    Facts,
    Fitness,
    Keeper,
    PersonFact,
    Viewer,
    kept_by,
    seen_by,
    with_role,
    written_by,
)
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current
from baodao.people.rules.standing import paper_word

Pair = tuple[PersonFact, str]


def _month(day: date) -> str:
    return f"{day:%Y.%m}"


def _yes_or_no(flag: bool) -> str:
    return gettext("yes") if flag else gettext("no")


def _name(organisation: Any) -> str:
    return str(organisation.name)


WORDS: dict[FactKind, Callable[[Any], str]] = {
    FactKind.DAY: _month,
    FactKind.FLAG: _yes_or_no,
    FactKind.PHONE: masked_phone,
    FactKind.IDENTITY: masked_id,
    FactKind.BRANCH: _name,
    FactKind.COMMUNITY: _name,
}


def value_of(fact: PersonFact, person: Person, membership: Membership | None = None) -> Any:
    """The value as it is kept, a sealed one in clear; None where nothing keeps it."""
    row = membership if fact.keeper is Keeper.MEMBERSHIP else person
    return None if row is None else getattr(row, fact.name)


def words_of(fact: PersonFact, person: Person, membership: Membership | None = None) -> str:
    """What a page shows: in the reader's language, numbers masked, "" for nothing."""
    value = value_of(fact, person, membership)
    if value is None or value == "":
        return ""
    if fact.codes is not None:
        return gettext(fact.codes.words_of(value))
    return WORDS.get(fact.kind, str)(value)


def seen_facts(
    person: Person, membership: Membership | None, viewer: Viewer, facts: Facts = FACTS
) -> Iterator[Pair]:
    """The facts that `viewer` sees, with their words; a number that is not kept is left out, and
    so are the facts of a membership that is not there."""
    for fact in seen_by(viewer, facts):
        if fact.keeper is Keeper.MEMBERSHIP and membership is None:
            continue
        words = words_of(fact, person, membership)
        if words or not fact.is_sealed:
            yield fact, words


def texts_of(person: Person, role: Fitness, facts: Facts = FACTS) -> tuple[str, ...]:
    """What a person wrote in the facts of this role, such as all that they can do."""
    return tuple(str(value_of(fact, person)) for fact in with_role(role, facts))


def present_facts(person: Person, writer: Viewer, facts: Facts = FACTS) -> dict[str, object]:
    """What the form of `writer` is filled in with; a sealed number is never shown in one."""
    membership = current().get(person=person)
    return {
        fact.name: _typed(fact, value_of(fact, person, membership))
        for fact in written_by(writer, facts)
        if not fact.is_sealed
    }


def _typed(fact: PersonFact, value: Any) -> object:
    if fact.kind is FactKind.BRANCH:
        return value.pk
    if fact.kind is FactKind.COMMUNITY:
        return place_name(value) if value else ""
    return value


def copied_facts(row: Person | Membership, facts: Facts = FACTS) -> dict[str, object]:
    """The facts that a row keeps, by label, as its person takes them away; days stay days."""
    keeper = Keeper.PERSON if isinstance(row, Person) else Keeper.MEMBERSHIP
    person = row if isinstance(row, Person) else row.person
    membership = row if isinstance(row, Membership) else None
    return {
        gettext(fact.label): value_of(fact, person, membership)
        if fact.kind is FactKind.DAY
        else words_of(fact, person, membership)
        for fact in kept_by(keeper, seen_by(Viewer.SELF, facts))
    }


def paper_facts(
    person: Person, membership: Membership | None, *, full: bool = False, facts: Facts = FACTS
) -> dict[str, object]:
    """What official forms print of a person, by their fields, in Chinese whatever the reader's
    language; a telephone is masked unless `full`."""
    return {
        fact.paper: _on_paper(fact, value_of(fact, person, membership), full=full)
        for fact in facts
        if fact.paper
    }


def _on_paper(fact: PersonFact, value: Any, *, full: bool) -> object:
    if fact.codes is not None:
        return paper_word(value or "")
    if fact.kind is FactKind.PHONE and not full:
        return masked_phone(value)
    return value


def masked_on_paper(item: Mapping[str, object], facts: Facts = FACTS) -> dict[str, object]:
    """An item that was kept with telephones in full, as it is printed for most readers."""
    phones = {fact.paper for fact in facts if fact.paper and fact.kind is FactKind.PHONE}
    return {
        name: masked_phone(str(value)) if name in phones else value for name, value in item.items()
    }

"""Who belonged to an organisation at the instant of a round: whom a round may judge."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from baodao.honours.models import HonourRound
from baodao.honours.rules.lives import HonourKind
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.moments import AsOf
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import paths_at, tree_at
from baodao.orgs.queries.tree import ids_below, organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import contacts_ever
from baodao.people.models import Membership, Person
from baodao.people.queries.members import ever
from baodao.people.queries.periods import branches_on
from baodao.people.rules.standing import Standing
from baodao.registration.queries.registrations import accepted_rows, in_force_on, reported


class HonourSubject(NamedTuple):
    """A member with the branch of that instant, or a unit, which is its own branch."""

    person: Person | None
    branch: Organisation


def members_at(organisation: Organisation, at: datetime) -> QuerySet[Membership]:
    """Members in service of the branches that stood below an organisation at an instant, as it was
    known then."""
    path = paths_at([organisation.pk], at)[organisation.pk]
    open_then = Q(closed_at=None) | Q(closed_at__gte=at)
    rows = ever().filter(open_then, branch__in=list(tree_at(at, path)), recorded_at__lt=at)
    rows = rows.filter(standing=Standing.IN_SERVICE).select_related("person", "branch__parent")
    return rows.order_by("branch__path", "person__pinyin", "person")


def _persons(round: HonourRound) -> Iterator[HonourSubject]:  # noqa: A002 - the field's own term
    """Members of the organisation, and those whom communities at or below it had received."""
    at, known = round.as_of, set()
    for row in members_at(round.organisation, at):
        known.add(row.person_id)
        yield HonourSubject(row.person, row.branch)
    if round.organisation.kind == Kind.UNIT:
        return
    is_one = round.organisation.kind == Kind.COMMUNITY
    rows = accepted_rows(round.organisation) if is_one else reported(round.organisation)
    day = AsOf(at).on
    guests = in_force_on(rows.filter(accepted_at__isnull=False), day, at)
    people = {row.person_id: row.person for row in guests.exclude(person__in=known)}
    branches = branches_on(people.keys(), day)
    places = organisations_anywhere().select_related("parent").in_bulk(set(branches.values()))
    for key, person in people.items():
        if key in branches:
            yield HonourSubject(person, places[branches[key]])


def units_at(organisation: Organisation, at: datetime) -> QuerySet[Organisation]:
    """Partner units of a community, or units below an authority, at an instant."""
    units = organisations_anywhere().filter(kind=Kind.UNIT)
    if organisation.kind == Kind.COMMUNITY:
        open_then = Q(ended_at=None) | Q(ended_at__gte=at)
        rows = contacts_ever().filter(open_then, community__in=ids_below(organisation.path))
        return units.filter(pk__in=rows.filter(accepted_at__lt=at).values("unit"))
    return units.filter(pk__in=list(tree_at(at, paths_at([organisation.pk], at)[organisation.pk])))


def subject_named(round: HonourRound, words: str) -> HonourSubject:  # noqa: A002 - as above
    """Whom these words name in a round: a member by name or volunteer number, a unit by name or
    code. Refused where nobody is called so, or several are, with what to do."""
    text = words.strip()
    rows: list[HonourSubject]
    if round.kind == HonourKind.PARTNER:
        units = units_at(round.organisation, round.as_of).filter(Q(name=text) | Q(code=text))
        rows = [HonourSubject(None, unit) for unit in units[:2]]
    else:
        rows = [
            one
            for one in _persons(round)
            if one.person and text in {one.person.name, one.person.number}
        ]
    if not rows:
        raise Refused(
            "honour.unknown",
            gettext_noop(
                "Nobody of that name belonged here on that day. Write the whole name, or the "
                "volunteer number or code."
            ),
        )
    if len(rows) > 1:
        raise Refused(
            "honour.several",
            gettext_noop("Several are called so. Write the volunteer number instead of the name."),
        )
    return rows[0]

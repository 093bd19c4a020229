"""Correcting the facts of a person: by their unit, by themselves, and homes for many at once."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.pinyin import name_reading, other_readings
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import open_community
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import close
from baodao.people.commands.homes import move_home, move_homes
from baodao.people.facts import FactKind, Facts, Keeper, PersonFact, Viewer, kept_by, written_by
from baodao.people.models import Membership, Person
from baodao.people.queries.members import locked_person, memberships, own_membership
from baodao.people.rules.names import NOT_WHOLE, bigrams, is_name, is_whole
from baodao.spreadsheets.phones import kept_phone

Values = Mapping[str, object]
"""What was typed, by the names of facts."""


@command
def edit_person(actor: Actor, *, person_id: UUID, values: Values) -> Person:
    """Write what the unit says of a member: every fact that units write; a telephone "" stays.

    The identity number is never changed here. Another branch, standing, grade or home city closes
    the membership and opens another, so that tables of earlier days stay. The journal names what
    changed, not what it says.
    """
    membership = memberships(actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    branch = values["branch"]
    if (
        membership is None
        or not isinstance(branch, Organisation)
        or not actor.may(Permission.PERSON_EDIT, branch.path)
    ):
        raise Absent("person")
    person = locked_person(person_id)
    if branch.closed_at is not None and branch.pk != membership.branch_id:
        raise Refused(
            "person.branch-closed",
            gettext_noop("%(branch)s is closed; choose a branch that is open."),
            branch=branch.name,
        )
    facts = written_by(Viewer.UNIT)
    changed = write_facts(person, kept_by(Keeper.PERSON, facts), values)
    changed += _move(membership, kept_by(Keeper.MEMBERSHIP, facts), values)
    if changed:
        journal.write(actor, "person.edited", person.pk, branch.pk, fields=sorted(changed))
    return person


@command
def edit_own_facts(actor: Actor, *, values: Values) -> Person:
    """Set what a member writes about themselves; facts that are not named stay.

    The journal names what changed, not what it says. Raises `Absent` for who is no member.
    """
    membership = own_membership(actor)
    facts = written_by(Viewer.SELF)
    if membership is None or not values.keys() <= {fact.name for fact in facts}:
        raise Absent("member")
    person = locked_person(membership.person_id)
    changed = write_facts(person, tuple(fact for fact in facts if fact.name in values), values)
    if changed:
        journal.write(
            actor, "person.corrected", person.pk, membership.branch_id, fields=sorted(changed)
        )
    return person


def write_facts(person: Person, facts: Facts, values: Values) -> list[str]:
    """Set those of these facts of a locked person whose value is another; their names. What is
    left as it is is not checked: a community that was closed since stays."""
    others = [fact for fact in facts if getattr(person, fact.name) != values[fact.name]]
    typed = {fact: CHECKS.get(fact.kind, _any)(fact, values[fact.name]) for fact in others}
    changed = [fact for fact, value in typed.items() if _differs(person, fact, value)]
    now = clock.now()
    for fact in changed:
        value = typed[fact]
        if fact.kind is FactKind.COMMUNITY:
            assert value is None or isinstance(value, Organisation)
            move_home(person, value, now)
            continue
        if fact.name == "joined_on":
            _check_joined(person.born_on, value)
        setattr(person, fact.name, value)
        if fact.kind is FactKind.NAME:
            person.pinyin, person.initials = name_reading(person.name)
            person.name_bigrams = bigrams(person.name)
            person.other_readings = other_readings(person.name) or None
    if changed:
        person.changed_at = now
        person.save()
    return [fact.name for fact in changed]


def check_facts(born_on: date, facts: Facts, values: Values) -> None:
    """Refuse what can be kept of nobody who was born on that day."""
    for fact in facts:
        value = CHECKS.get(fact.kind, _any)(fact, values[fact.name])
        if fact.name == "joined_on":
            _check_joined(born_on, value)


def _check_joined(first: date, joined_on: object) -> None:
    """Nobody joins the Party before they are born, or tomorrow."""
    if isinstance(joined_on, date) and not first <= joined_on <= clock.today():
        raise Refused(
            "person.joined",
            gettext_noop("The day of joining lies between the day of birth, %(first)s, and today."),
            first=first,
        )


def _differs(person: Person, fact: PersonFact, value: object) -> bool:
    return not (fact.is_sealed and not value) and getattr(person, fact.name) != value


def _name(fact: PersonFact, typed: object) -> object:
    name = fact.read(str(typed))
    if not is_name(str(name)):
        raise Refused(
            "person.name", gettext_noop("“%(name)s” is not a name as people have it."), name=typed
        )
    if not is_whole(str(name)):
        raise Refused("person.name-not-whole", NOT_WHOLE)
    return name


def _phone(_fact: PersonFact, typed: object) -> object:
    return kept_phone(str(typed))


def _text(fact: PersonFact, typed: object) -> object:
    return fact.read(str(typed))


def _community(_fact: PersonFact, typed: object) -> object:
    return open_community(typed.pk) if isinstance(typed, Organisation) else None


def _any(_fact: PersonFact, typed: object) -> object:
    return typed


CHECKS: dict[FactKind, Callable[[PersonFact, object], object]] = {
    FactKind.NAME: _name,
    FactKind.PHONE: _phone,
    FactKind.TEXT: _text,
    FactKind.COMMUNITY: _community,
}
"""The value to keep of what was typed, refused when there is none; other kinds come as they are."""


def _move(membership: Membership, facts: Facts, values: Values) -> list[str]:
    """Close the membership and open another where one of its facts is another; their names."""
    changed = [fact.name for fact in facts if getattr(membership, fact.name) != values[fact.name]]
    if changed:
        current = lock(Membership.objects.filter(closed_at=None), membership.pk)
        closed_at = close(current, clock.today())
        Membership.objects.create(
            person_id=current.person_id,
            from_on=clock.today(),
            recorded_at=closed_at,
            **{fact.name: values[fact.name] for fact in facts},
        )
    return changed


@command
def set_homes(actor: Actor, *, homes: Mapping[UUID, int]) -> int:
    """Set the home community of members in the actor's scope; returns how many changed.

    Raises `Absent` for somebody out of scope and for what is no open community.
    """
    rows = memberships(actor, Permission.PERSON_EDIT).filter(person__in=homes)
    branches = dict(rows.values_list("person", "branch"))
    communities = places(Kind.COMMUNITY).filter(pk__in=set(homes.values()))
    names = dict(communities.values_list("pk", "name"))
    if branches.keys() != homes.keys() or names.keys() != set(homes.values()):
        raise Absent("member or community")
    movers = move_homes(homes, clock.now())
    journal.write_many(
        actor,
        [
            journal.Act("person.home-set", person, branches[person], {"community": names[at]})
            for at, some in movers.items()
            for person in some
        ],
    )
    return sum(map(len, movers.values()))

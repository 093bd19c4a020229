"""A member added by hand: new here, back again, or taken over from a unit that was closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import close, depart
from baodao.people.commands.facts import Values, check_facts, write_facts
from baodao.people.commands.numbers import CONTESTED, about_number, new_number, write_identity
from baodao.people.commands.proofs import StatedIdentity, issued, proven
from baodao.people.facts import BY_NAME, FactKind, Facts, Keeper, Viewer, kept_by, written_by
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current, locked_person, memberships_of, unit_of
from baodao.people.queries.numbers import entries_of, is_called, namesakes
from baodao.people.rules.departures import Departure, Ending, check_day
from baodao.people.rules.identity import Identity
from baodao.people.rules.identity_documents import IdentityDocument

EARLIEST = date(1921, 7, 1)
"""Nobody was a member of anything here before that day."""

_OF_PERSON = kept_by(Keeper.PERSON, written_by(Viewer.UNIT))
_OF_MEMBERSHIP = kept_by(Keeper.MEMBERSHIP, written_by(Viewer.UNIT))


@dataclass(frozen=True)
class NewMember:
    """Who is added: the identity number as it was typed, the day from which they belong here, the
    facts that a unit writes, and whether they are told to be another than a member who seems the
    same. `stated` says whose number it is if it is not that of an identity card."""

    id_number: str
    from_on: date
    values: Values
    is_other: bool = False
    stated: StatedIdentity | None = None

    @property
    def document(self) -> tuple[IdentityDocument, str]:
        """Which document the number is of, and who counts it."""
        return issued(self.id_number, self.stated)


@command
def add_member(actor: Actor, *, unit_id: int, member: NewMember) -> Person:
    """Add a member to a branch of the actor's open unit.

    A person who is known comes back as the same one, so does a member of a unit that was closed.
    Refused for who is a member of an open unit. A number that only people of another name are kept
    under makes a new person like any other, of whom it is contested: who types numbers learns
    nothing of them.
    """
    unit = organisations(actor, Permission.PERSON_EDIT).filter(pk=unit_id, kind=Kind.UNIT).first()
    branch = member.values["branch"]
    if (
        unit is None
        or not isinstance(branch, Organisation)
        or not branch.path.startswith(unit.path)
        or branch.closed_at is not None
        or unit.closed_at is not None
    ):
        raise Absent("branch")
    check_day(member.from_on, EARLIEST, clock.today())
    identity = proven(member.id_number, member.stated)
    _check_before_number(unit, identity, member)
    entries = list(entries_of(identity.number, *member.document))
    person = _same_person(entries, identity, member)
    returned = person is not None
    if person is None:
        _check_not_here(unit, entries)
        person = _new_person(identity, member, entries)
    else:
        person = locked_person(person.pk)
        _release(actor, person, unit, member)
    write_facts(person, _stated_facts(member), member.values)
    Membership.objects.create(
        person=person,
        from_on=member.from_on,
        **{fact.name: member.values[fact.name] for fact in _OF_MEMBERSHIP},
    )
    verb = "membership.resumed" if returned else "membership.begun"
    journal.write(actor, verb, person.pk, branch.pk, from_on=member.from_on.isoformat())
    if not returned and person.contested_at is not None:
        journal.write(actor, CONTESTED, about_number(identity.number), branch.pk, rows=1)
    return person


def _stated_facts(member: NewMember) -> Facts:
    """The facts of the person that are told: where somebody lives, left empty, is not known here,
    and stays with who comes back."""
    silent = {FactKind.COMMUNITY}
    return tuple(fact for fact in _OF_PERSON if fact.kind not in silent or member.values[fact.name])


def _check_before_number(unit: Organisation, identity: Identity, member: NewMember) -> None:
    """Refuse all that is wrong whoever holds the number, before it is looked up: a form that is
    refused for something else tells nothing about the number."""
    born_on = identity.born_on
    assert born_on is not None
    check_facts(born_on, _OF_PERSON, member.values)
    name = _name_of(member)
    phone = str(BY_NAME["phone"].read(str(member.values["phone"])) or "")
    others = namesakes(unit, name, born_on, phone).exclude(
        Person.id_number.equals(identity.number, "person__")
    )
    if not member.is_other and others.exists():
        raise Refused(
            "person.same",
            gettext_noop(
                "A member of your unit has this name, birthday and telephone, and another ID "
                "number. If it is the same person, correct the number on their page; if not, say "
                "so below."
            ),
        )


def _name_of(member: NewMember) -> str:
    return str(BY_NAME["name"].read(str(member.values["name"])))


def _same_person(entries: Sequence[Person], identity: Identity, member: NewMember) -> Person | None:
    """Of several entries under one number the first of the same name, sex and birthday."""
    name = _name_of(member)
    for person in entries:
        alike = (person.sex, person.born_on) == (identity.sex, identity.born_on)
        if alike and is_called(person, name):
            return person
    return None


def _check_not_here(unit: Organisation, entries: Sequence[Person]) -> None:
    """Refuse the number of a member of the same unit, which knows its numbers."""
    if memberships_of(unit).filter(person__in=entries).exists():
        raise Refused(
            "member.here-otherwise",
            gettext_noop(
                "A member of your unit has this ID number and another name, sex or birthday. "
                "Compare both with the card, and correct what is wrong on the member's page."
            ),
        )


def _new_person(identity: Identity, member: NewMember, entries: Sequence[Person]) -> Person:
    person = Person(number=new_number(), name="")
    write_identity(person, identity, *member.document)
    if any(entry.contested_at is None for entry in entries):
        person.contested_at = clock.now()
    person.save(force_insert=True)
    return person


def _release(actor: Actor, person: Person, unit: Organisation, member: NewMember) -> None:
    """Let a known person begin anew: refused while they are a member of an open unit."""
    if person.merged_into_id is not None:
        raise Refused(
            "person.merged",
            gettext_noop("This number was entered by mistake; its person is kept under another."),
        )
    membership = current().filter(person=person).first()
    if membership is not None and membership.branch.path.startswith(unit.path):
        raise Refused("member.here", gettext_noop("This person is a member of your unit already."))
    if membership is not None and unit_of(membership.branch).closed_at is None:
        raise Refused(
            "member.elsewhere",
            gettext_noop(
                "This person is registered as a member of another unit. Let that unit transfer "
                "them to yours."
            ),
        )
    if membership is not None:
        close(membership, member.from_on, Ending.TRANSFERRED)
        on = member.from_on
        left = Departure(person.pk, membership.branch_id, Ending.TRANSFERRED, on)
        depart(actor, [left])
    if person.died_on is not None:
        person.died_on = None
        person.save(update_fields=["died_on"])

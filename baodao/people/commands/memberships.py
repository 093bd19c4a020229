"""A member added by hand: new here, back again, or taken over from a unit that was closed."""

from dataclasses import dataclass
from datetime import date

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import close, depart
from baodao.people.commands.facts import Values, check_facts, write_facts
from baodao.people.commands.numbers import new_number, write_identity
from baodao.people.commands.proofs import StatedIdentity, issued, proven
from baodao.people.commands.searches import check_tries
from baodao.people.facts import BY_NAME, FactKind, Facts, Keeper, Viewer, kept_by, written_by
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current, lock_persons, unit_of
from baodao.people.queries.numbers import holder_of, namesakes
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
    Refused for who is a member of an open unit, and where somebody of another name holds the
    number; that is no more than refused, so `note_number` comes first.
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
    person = holder_of(identity.number, *member.document)
    if person is None:
        person = _new_person(identity, member)
        returned = False
    else:
        lock_persons([person.pk])
        person = lock(Person.objects.all(), person.pk)
        _check_same(person, identity, member)
        _release(actor, person, unit, member)
        returned = True
    write_facts(person, _said(member), member.values)
    Membership.objects.create(
        person=person,
        from_on=member.from_on,
        **{fact.name: member.values[fact.name] for fact in _OF_MEMBERSHIP},
    )
    verb = "membership.resumed" if returned else "membership.begun"
    journal.write(actor, verb, person.pk, branch.pk, from_on=member.from_on.isoformat())
    return person


def _said(member: NewMember) -> Facts:
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
    check_tries(unit)
    name = str(BY_NAME["name"].read(str(member.values["name"])))
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


def _new_person(identity: Identity, member: NewMember) -> Person:
    person = Person(number=new_number(), name="")
    write_identity(person, identity, *member.document)
    person.save(force_insert=True)
    return person


def _check_same(person: Person, identity: Identity, member: NewMember) -> None:
    """Refuse somebody of another name, sex or birthday than whoever holds the number."""
    name = BY_NAME["name"].read(str(member.values["name"]))
    if (name, identity.sex, identity.born_on) != (person.name, person.sex, person.born_on):
        raise Refused(
            "identity.unusable",
            gettext_noop(
                "This name and ID number cannot be entered. Compare both with the card; if they "
                "are right, ask the authority above."
            ),
        )


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

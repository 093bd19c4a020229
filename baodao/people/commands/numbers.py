"""The numbers of a person: the public one made for them; a sealed one read in full, with the right,
a reason, and an entry in the journal."""

import os
from collections.abc import Collection
from uuid import UUID

from baodao.kernel import clock, crypto, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.masks import check_purpose
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships, memberships_of
from baodao.people.queries.numbers import entries_like, entries_of
from baodao.people.rules.identity import Identity
from baodao.people.rules.identity_documents import IdentityDocument

FIELDS = {"id-number": "id_number", "phone": "phone"}

CONTESTED = "identity.contested"
"""Written down of numbers that somebody of another name holds, with how many of an act."""

NUMBER_ALPHABET = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8
NUMBER_LENGTH = 10


def new_number() -> str:
    """A volunteer number: V and ten characters, of which none looks like another."""
    return "V" + os.urandom(NUMBER_LENGTH).translate(NUMBER_ALPHABET).decode()


def write_identity(
    person: Person, identity: Identity, document: IdentityDocument, issuer: str
) -> None:
    """Let a locked or new person be whom a checked number says they are; the caller saves it."""
    assert identity.born_on is not None
    person.id_document, person.id_issuer = document, issuer
    person.id_number = identity.number
    person.sex, person.born_on, person.changed_at = identity.sex, identity.born_on, clock.now()


def take_number(person: Person) -> None:
    """Let a locked person hold the number that they are kept under; of whoever held it until now it
    is contested."""
    rows = entries_like(person).exclude(pk=person.pk)
    rows.filter(contested_at=None).update(contested_at=clock.now())
    person.contested_at = None
    Person.objects.filter(pk=person.pk).update(contested_at=None)


def pass_number_on(number: str, document: IdentityDocument, issuer: str) -> None:
    """Let a number that nobody holds any more be held by the first of whom it is contested."""
    rows = entries_of(number, document, issuer)
    if not rows.filter(contested_at=None).exists():
        first = rows.filter(merged_into=None).values("pk")[:1]
        Person.objects.filter(pk__in=first).update(contested_at=None)


def about_number(number: str) -> UUID:
    """What an entry of the journal is about that must not name the number itself, nor anybody."""
    return UUID(bytes=crypto.ring().blind(number, "sought-number"))


def go_on_as(person_ids: Collection[UUID], other_id: UUID | None) -> None:
    """Let persons who were entered twice be found as another; as themselves with None."""
    Person.objects.filter(pk__in=person_ids).update(merged_into=other_id)


@command
def unmask(
    actor: Actor, *, person_id: UUID, field: str, reason: str, host: Organisation | None = None
) -> str:
    """The number in clear; `field` is "id-number" or "phone".

    Allowed to who may unmask in the person's branch, or in `host`: the community that received
    the person, as the caller's own scope found. Who was refused leaves no entry, who read does.
    """
    person, scope_id = _reached(actor, person_id, host)
    words = check_purpose(reason)
    number: str = getattr(person, FIELDS[field])
    if not number:
        raise Refused("person.no-phone", gettext_noop("No telephone is held for this person."))
    journal.write(actor, "person.unmasked", person.pk, scope_id, field=field, reason=words)
    return number


@command
def unmask_members(actor: Actor, *, unit_id: int, reason: str) -> list[Membership]:
    """The present members of a unit, whose ID numbers and telephones are then taken in clear; it is
    written down for each of them. Raises `Absent` unless the actor may unmask in the unit."""
    unit = organisations(actor, Permission.PERSON_UNMASK).filter(pk=unit_id, kind=Kind.UNIT).first()
    if unit is None:
        raise Absent("unit")
    words = check_purpose(reason)
    rows = memberships_of(unit).order_by("branch__path", "person__pinyin", "pk")
    members = list(rows.select_related("person__home_community__parent", "branch"))
    acts = [
        journal.Act(
            "person.unmasked", row.person_id, row.branch_id, {"field": field, "reason": words}
        )
        for row in members
        for field, column in FIELDS.items()
        if getattr(row.person, column)
    ]
    journal.write_many(actor, acts)
    return members


def _reached(actor: Actor, person_id: UUID, host: Organisation | None) -> tuple[Person, int]:
    member = memberships(actor, Permission.PERSON_UNMASK).filter(person=person_id).first()
    if member is not None:
        return member.person, member.branch_id
    if host is not None and actor.may(Permission.PERSON_UNMASK, host.path):
        person = Person.objects.filter(pk=person_id).first()
        if person is not None:
            return person, host.pk
    raise Absent("person")

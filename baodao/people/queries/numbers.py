"""Who holds an identity number, who seems to under another one, and what waits to be put right."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.people.models import IdentityCorrection, Membership, Person
from baodao.people.queries.members import memberships, memberships_of
from baodao.people.rules.corrections import CorrectionState


def holder_of(number: str) -> Person | None:
    """Whose identity number this is, member or not; no page tells it."""
    return Person.objects.filter(Person.id_number.equals(number)).first()


def namesakes(unit: Organisation, name: str, born_on: date, phone: str) -> QuerySet[Membership]:
    """Present members of a unit with this name, birthday and telephone: most likely one person
    whose identity number was typed wrong. Without a telephone nobody is taken for another."""
    rows = memberships_of(unit).filter(person__name=name, person__born_on=born_on)
    return rows.filter(Person.phone.equals(phone, "person__")) if phone else rows.none()


def waiting_corrections(actor: Actor) -> QuerySet[IdentityCorrection]:
    """What waits to be confirmed about present members of the actor's unit, the oldest first."""
    theirs = memberships(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    rows = IdentityCorrection.objects.filter(Exists(theirs), state=CorrectionState.PROPOSED)
    return rows.select_related("person").order_by("proposed_at")

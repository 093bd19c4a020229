"""Who holds an identity number, and what waits to be put right of one."""

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.people.models import IdentityCorrection, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.corrections import CorrectionState


def holder_of(number: str) -> Person | None:
    """Whose identity number this is, member or not; no page tells it."""
    return Person.objects.filter(Person.id_number.equals(number)).first()


def waiting_corrections(actor: Actor) -> QuerySet[IdentityCorrection]:
    """What waits to be confirmed about present members of the actor's unit, the oldest first."""
    theirs = memberships(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    rows = IdentityCorrection.objects.filter(Exists(theirs), state=CorrectionState.PROPOSED)
    return rows.select_related("person").order_by("proposed_at")

"""Corrections of identity numbers, as the unit of the person sees them."""

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.people.models import IdentityCorrection
from baodao.people.queries.members import memberships
from baodao.people.rules.corrections import CorrectionState


def waiting_corrections(actor: Actor) -> QuerySet[IdentityCorrection]:
    """What waits to be confirmed about present members of the actor's unit, the oldest first."""
    theirs = memberships(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    rows = IdentityCorrection.objects.filter(Exists(theirs), state=CorrectionState.PROPOSED)
    return rows.select_related("person").order_by("proposed_at")

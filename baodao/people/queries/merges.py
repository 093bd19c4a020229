"""Merges of persons, as the unit sees them whose member is kept."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.people.models import PersonMerge
from baodao.people.queries.members import memberships
from baodao.people.rules.merges import UNDOABLE, MergeState


def merges(actor: Actor) -> QuerySet[PersonMerge]:
    """What waits for a second person, and what can still be undone, the newest first."""
    theirs = memberships(actor, Permission.PERSON_MERGE).filter(person=OuterRef("kept"))
    late = Q(state=MergeState.MERGED, decided_at__gt=clock.now() - UNDOABLE)
    rows = PersonMerge.objects.filter(Exists(theirs)).filter(late | Q(state=MergeState.PROPOSED))
    return rows.select_related("kept", "gone").order_by("-proposed_at")

"""Complaints and suggestions: for who answers them, and for who knows a code."""

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.notices.models import Complaint


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints to organisations for which the actor may answer."""
    rows = Complaint.objects.select_related("organisation")
    return within(rows, actor, Permission.COMPLAINT_ANSWER, "organisation__path")


def complaint_by_code(code: str) -> Complaint:
    """The complaint with this code, for whoever knows it. Raises `Absent`."""
    typed = code.strip().upper()
    complaint = Complaint.objects.filter(code=typed).first() if typed.isprintable() else None
    if complaint is None:
        raise Absent("complaint")
    return complaint


def complaint_counts() -> tuple[int, int, int]:
    """Of the whole site: received, waiting for an answer, and waiting past the day."""
    waiting = Complaint.objects.filter(answered_at=None)
    late = waiting.filter(due_on__lt=clock.today())
    return Complaint.objects.count(), waiting.count(), late.count()

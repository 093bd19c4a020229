"""Complaints and suggestions: for who answers them, and for who knows a code."""

from django.db.models import Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.notices.models import Complaint
from baodao.notices.rules.complaints import code_in
from baodao.notices.rules.policies import CONTACT_DAYS
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.queries.tree import at_paths


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints that the actor may read: to organisations for which they answer, or below."""
    rows = Complaint.objects.select_related("organisation")
    return within(rows, actor, Permission.COMPLAINT_ANSWER, "organisation__path")


def complaints_to_answer(actor: Actor) -> QuerySet[Complaint]:
    """Complaints that the actor may answer: what accuses an organisation only from above it and
    whoever took over from it, where anything stands above."""
    top = Q(organisation__parent=None)
    return complaints(actor).exclude(_accused(actor) & ~top, accuses=True)


def _accused(actor: Actor) -> Q:
    """Complaints to organisations for which the actor answers themselves, or from which one of
    these took over: that hangs, of the same kind, below it."""
    accused = Q(pk=None)
    places = at_paths(actor.paths(Permission.COMPLAINT_ANSWER))
    for path, kind in places.values_list("path", "kind"):
        accused |= Q(organisation__path__startswith=path, organisation__kind=kind)
    return accused


def contacts_to_forget() -> QuerySet[Complaint]:
    """Complaints that keep a contact longer than is allowed there: after their answer, or after the
    day by which they were to be answered."""
    rows = Complaint.objects.filter(contact_sealed__isnull=False)
    long_ago = days_ago(CONTACT_DAYS, "organisation__path")
    return rows.filter(Q(answered_at__lt=long_ago) | Q(answered_at=None, due_on__lt=long_ago))


def complaint_by_code(code: str) -> Complaint:
    """The complaint with this code, for whoever knows it. Raises `Absent`."""
    complaint = Complaint.objects.filter(code=code_in(code)).first()
    if complaint is None:
        raise Absent("complaint")
    return complaint


def complaint_counts() -> tuple[int, int, int]:
    """Of the whole site: received, waiting for an answer, and waiting past the day."""
    waiting = Complaint.objects.filter(answered_at=None)
    late = waiting.filter(due_on__lt=clock.today())
    return Complaint.objects.count(), waiting.count(), late.count()


def open_complaints() -> QuerySet[Complaint]:
    """Every complaint that waits for its answer."""
    return Complaint.objects.filter(answered_at=None)

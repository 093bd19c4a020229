"""Notices shown to a person or to an organisation, and how often somebody was reminded."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.notices.models import Complaint, Notice
from baodao.notices.rules import REMINDERS, SENTENCES, WINDOW
from baodao.orgs.models import Organisation
from baodao.ui.wording import filled


def _shown() -> QuerySet[Notice]:
    return Notice.objects.filter(show_at__lte=clock.now()).order_by("-show_at", "-id")


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor in person was told, newest first; nothing before its hour."""
    return own(_shown(), actor)


def of_organisation(actor: Actor, organisation: Organisation) -> QuerySet[Notice]:
    """What the organisation itself was told; `Absent` for who does not act for it."""
    if not actor.may(Permission.REGISTRATION_READ, organisation.path):
        raise Absent("notices")
    return _shown().filter(organisation=organisation)


def unread_of(actor: Actor, organisation: Organisation | None = None) -> int:
    """How many notices the actor, and the organisation acted for, has not read."""
    unread = own_notices(actor).filter(read_at=None).count()
    if organisation and actor.may(Permission.REGISTRATION_READ, organisation.path):
        unread += of_organisation(actor, organisation).filter(read_at=None).count()
    return unread


def sentence_of(notice: Notice) -> str:
    """The notice in the reader's language."""
    return filled(SENTENCES[notice.kind], notice.facts)


def reminders_of(person_ids: Collection[UUID]) -> dict[UUID, int]:
    """How often each person was reminded in the window of the limit; absent means never."""
    rows = Notice.objects.filter(
        person__in=person_ids, kind__in=REMINDERS, created_at__gt=clock.now() - WINDOW
    )
    counted = rows.order_by().values_list("person").annotate(times=Count("pk"))
    return dict(counted)


def complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints to organisations for which the actor may answer."""
    rows = Complaint.objects.select_related("organisation")
    return within(rows, actor, Permission.COMPLAINT_ANSWER, "organisation__path")


def complaint_by_code(code: str) -> Complaint:
    """The complaint with this code, for whoever knows it. Raises `Absent`."""
    found = Complaint.objects.filter(code=code.strip().upper()).first()
    if found is None:
        raise Absent("complaint")
    return found


def complaint_counts() -> tuple[int, int, int]:
    """Of the whole site: received, waiting for an answer, and waiting past the day."""
    waiting = Complaint.objects.filter(answered_at=None)
    late = waiting.filter(due_on__lt=clock.today())
    return Complaint.objects.count(), waiting.count(), late.count()

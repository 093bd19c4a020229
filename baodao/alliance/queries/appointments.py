"""Appointments of a community, of who offers, and one by its code."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.alliance.models import Appointment
from baodao.alliance.rules.appointments import APPOINTMENT, STORIES, AppointmentState
from baodao.alliance.rules.policies import KEPT_DAYS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.ui.timelines import TimelineItem, timeline_items

Appointments = QuerySet[Appointment]


def appointment_rows() -> Appointments:
    """Every appointment with what pages show of it, for this slice."""
    return Appointment.objects.select_related("community", "service__member__person")


def appointments(actor: Actor) -> Appointments:
    """Those of the communities whose alliance the actor keeps."""
    return within(appointment_rows(), actor, Permission.ALLIANCE_EDIT, "community__path")


def own_appointments(actor: Actor) -> Appointments:
    """Those that are booked with the actor, while they offer."""
    rows = own(appointment_rows(), actor, "service__member__person")
    return rows.filter(service__member__ended_at=None)


def in_charge(actor: Actor) -> Appointments:
    """Those that the actor confirms and ends: of their community, or booked with them."""
    return appointments(actor) | own_appointments(actor)


def appointments_in(actor: Actor, community: Organisation) -> Appointments:
    """Those of a community and of those that it took over from."""
    return appointments(actor).filter(community__path__startswith=community.path)


def to_confirm(actor: Actor, community: Organisation) -> Appointments:
    """Those that wait, the soonest first."""
    rows = appointments_in(actor, community).filter(state=AppointmentState.BOOKED)
    return rows.order_by("starts_at", "pk")


def appointment_of(actor: Actor, appointment_id: UUID) -> Appointment:
    """One that the actor looks after. Raises `Absent`."""
    row = appointments(actor).filter(pk=appointment_id).first()
    if row is None:
        raise Absent("appointment")
    return row


def own_appointment(actor: Actor, appointment_id: UUID) -> Appointment:
    """One that is booked with the actor. Raises `Absent`."""
    row = own_appointments(actor).filter(pk=appointment_id).first()
    if row is None:
        raise Absent("appointment")
    return row


def appointment_by_code(code: str) -> Appointment:
    """The appointment with this code, for whoever knows it. Raises `Absent`."""
    row = appointment_rows().filter(code=code_in(code)).first()
    if row is None:
        raise Absent("appointment")
    return row


def story_of_appointment(row: Appointment) -> list[TimelineItem]:
    """What happened to an appointment that the caller may see."""
    return timeline_items(journal.timeline(row.pk), STORIES)


def visitors_to_forget() -> Appointments:
    """Appointments of long ago that still know who booked them."""
    before = days_ago(KEPT_DAYS, "community__path")
    known = ~Q(visitor="") | Q(phone_sealed__isnull=False) | ~Q(place="") | ~Q(notes="")
    return appointment_rows().filter(known, ends_at__lt=before)


def found_by_words(rows: Appointments, words: str) -> Appointments:
    """By what is booked, with whom, or the code; not by who booked it."""
    return rows.filter(
        Q(service__title__icontains=words)
        | Q(service__member__name__icontains=words)
        | Q(code__iexact=words)
    )


def confirm_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many wait in a community to be confirmed."""
    return _TO_CONFIRM.number(actor, community)


def _to_confirm(actor: Actor, community: Organisation) -> QuerySet[Appointment, tuple[UUID]]:
    return to_confirm(actor, community).order_by().select_related(None).values_list("pk")


def own_count(actor: Actor) -> Question[int]:
    """How many that are booked with the actor wait or are ahead."""
    return _OWN.number(actor)


def _own(actor: Actor) -> QuerySet[Appointment, tuple[UUID]]:
    rows = own_appointments(actor).filter(state__in=APPOINTMENT.live)
    return rows.order_by().select_related(None).values_list("pk")


_TO_CONFIRM, _OWN = Prepared(_to_confirm), Prepared(_own)


def check_movable(row: Appointment) -> None:
    """Refuse to move or cancel it once its hour has begun, or it is over."""
    APPOINTMENT.check(row.state, *APPOINTMENT.live)
    if is_past(row):
        raise Refused(
            "appointment.begun",
            gettext_noop("Its hour has begun. Book another one, or tell the community."),
        )


def is_past(row: Appointment) -> bool:
    """Whether its hour has begun."""
    return row.starts_at <= clock.now()


PENDING: dict[str, PendingRows] = {
    "appointment-booked": lambda: Appointment.objects.filter(
        pk=OuterRef("about"), state=AppointmentState.BOOKED
    ),
}
"""For which rows notices ask."""

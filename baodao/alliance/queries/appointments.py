"""Appointments of a community, and of who offers."""

from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.alliance.models import Appointment
from baodao.bookings.queries.bookings import (
    keys_of,
    live_of,
    pending_of,
    visitors_to_forget,
    waiting_of,
)
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation

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
    return waiting_of(appointments_in(actor, community))


def visitors_long_ago() -> Appointments:
    """Those of long ago that still know who booked them."""
    return visitors_to_forget(appointment_rows(), "community__path", ~Q(place=""))


def confirm_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many wait in a community to be confirmed."""
    return _TO_CONFIRM.number(actor, community)


def _to_confirm(actor: Actor, community: Organisation) -> QuerySet[Appointment, tuple[UUID]]:
    return keys_of(to_confirm(actor, community))


def own_count(actor: Actor) -> Question[int]:
    """How many that are booked with the actor wait or are ahead."""
    return _OWN.number(actor)


def _own(actor: Actor) -> QuerySet[Appointment, tuple[UUID]]:
    return keys_of(live_of(own_appointments(actor)))


_TO_CONFIRM, _OWN = Prepared(_to_confirm), Prepared(_own)

PENDING = {"appointment-booked": pending_of(Appointment)}
"""For which rows notices ask."""

"""What becomes of the alliance when its community is reorganised: it goes on with who takes over;
where nobody does, nothing is offered any more and what is booked is cancelled."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.alliance.models import AllianceMember, AllianceService, Appointment
from baodao.alliance.queries.appointments import appointment_rows
from baodao.alliance.rules.alliance import WITHDRAWN
from baodao.bookings.commands.bookings import cancel_with_place
from baodao.bookings.queries.bookings import live_of
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _members(plan: ReorganisationPlan) -> QuerySet[AllianceMember]:
    return AllianceMember.objects.filter(community__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _members(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s member of the alliance goes on with the successor.",
            "%(count)s members of the alliance go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s member of the alliance offers nothing here any more.",
            "%(count)s members of the alliance offer nothing here any more.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _booked(plan: ReorganisationPlan) -> QuerySet[Appointment]:
    return live_of(appointment_rows().filter(service__member__community__in=plan.hanging))


def _booked_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is None and plan.ending:
        words = ngettext_noop(
            "%(count)s appointment is cancelled.", "%(count)s appointments are cancelled."
        )
        yield HandoverLine(Fate.ENDS, _booked(plan).count(), words)


def _end(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is None and plan.ending:
        services = AllianceService.objects.filter(member__in=_members(plan), ended_at=None)
        changes.change(services, ended_at=plan.at)
        changes.change(_members(plan), ended_at=plan.at)


def _cancel(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is None and plan.ending:
        cancel_with_place(changes, APPOINTMENTS, _booked(plan), plan.at, WITHDRAWN)


HANDOVERS = (
    Handover("appointment", _booked_lines, _cancel, gettext_noop("appointments")),
    Handover("alliance member", _lines, _end, gettext_noop("members of the alliance")),
)

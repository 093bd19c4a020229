"""What becomes of places when their organisation is reorganised: they go on with who takes over;
where nobody does, they are closed and what is booked is cancelled. A grid's go to its community."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.bookings.commands.bookings import cancel_with_place
from baodao.bookings.queries.bookings import ahead_of
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands.bookings import ROOMS
from baodao.venues.models import RoomBooking, Venue
from baodao.venues.queries.bookings import booking_rows
from baodao.venues.rules.venues import CLOSED


def _venues(plan: ReorganisationPlan) -> QuerySet[Venue]:
    return Venue.objects.filter(organisation__in=plan.hanging, ended_at=None)


def _heir(plan: ReorganisationPlan) -> int | None:
    """Who takes over: of a grid that is given up the community above it."""
    if plan.heir_id is None and plan.ending:
        here = by_id(plan.organisation_id)
        return here.parent_id if here.kind == Kind.GRID else None
    return plan.heir_id


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if _heir(plan) is not None:
        words = ngettext_noop(
            "%(count)s place goes on with the successor.",
            "%(count)s places go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _venues(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s place is closed for good.", "%(count)s places are closed for good."
        )
        yield HandoverLine(Fate.ENDS, _venues(plan).count(), words)


def _booked(plan: ReorganisationPlan) -> QuerySet[RoomBooking]:
    return ahead_of(booking_rows().filter(room__venue__organisation__in=plan.hanging))


def _booked_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if _heir(plan) is None and plan.ending:
        words = ngettext_noop(
            "%(count)s booking of a room is cancelled.",
            "%(count)s bookings of rooms are cancelled.",
        )
        yield HandoverLine(Fate.ENDS, _booked(plan).count(), words)


def _end(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    heir_id = _heir(plan)
    if heir_id is None and plan.ending:
        changes.change(_venues(plan), ended_at=plan.at)
    elif heir_id is not None and plan.heir_id is None:
        changes.change(_venues(plan), organisation_id=heir_id)


def _cancel(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if _heir(plan) is None and plan.ending:
        cancel_with_place(changes, ROOMS, _booked(plan), plan.at, CLOSED)


HANDOVERS = (
    Handover("room booking", _booked_lines, _cancel, gettext_noop("bookings of rooms")),
    Handover("venue", _lines, _end, gettext_noop("places of service")),
)

"""Orders that hours pay: of a community, of an account, one by its id; what they pay."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.alliance.queries.appointments import appointment_rows
from baodao.bookings.queries.bookings import booking_by_code
from baodao.bookings.rules.bookings import BOOKING, BookingState
from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.needs.queries.residents import need_by_code
from baodao.needs.rules.life import NeedState
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.timebank.models import TimeAccount, TimeOrder
from baodao.timebank.rules.orders import STORIES, TimeOrderState
from baodao.ui.timelines import TimelineItem, timeline_items

Orders = QuerySet[TimeOrder]


def order_rows() -> Orders:
    """Every order with what pages show of it, for this slice."""
    return TimeOrder.objects.select_related(
        "community", "kin", "need__merged_into", "appointment", "account__person", "account__talent"
    )


def orders_in_charge(actor: Actor) -> Orders:
    """Those of the communities in which the actor serves at the window."""
    return within(order_rows(), actor, Permission.TIMEBANK_SERVE, "community__path")


def orders_in(actor: Actor, community: Organisation) -> Orders:
    """Those of a community and of those that it took over from."""
    return orders_in_charge(actor).filter(community__path__startswith=community.path)


def order_in_charge(actor: Actor, order_id: UUID) -> TimeOrder:
    """One of them. Raises `Absent`."""
    row = orders_in_charge(actor).filter(pk=order_id).first()
    if row is None:
        raise Absent("order")
    return row


def own_orders(actor: Actor) -> Orders:
    """Those of the actor's own accounts."""
    return own(order_rows(), actor, "account__person")


def own_order(actor: Actor, order_id: UUID) -> TimeOrder:
    """One of them. Raises `Absent`."""
    row = own_orders(actor).filter(pk=order_id).first()
    if row is None:
        raise Absent("order")
    return row


def orders_of(account: TimeAccount) -> Orders:
    """The orders of an account that the caller may see, the latest first."""
    return order_rows().filter(account=account).order_by("-ordered_at", "-pk")


def story_of_order(row: TimeOrder) -> list[TimelineItem]:
    """What happened to an order that the caller may see."""
    return timeline_items(journal.timeline(row.pk), STORIES)


def found_by_words(rows: Orders, words: str) -> Orders:
    """By what was ordered."""
    return rows.filter(Q(words__icontains=words))


def paid_by(code: str) -> dict[str, Any]:
    """The request of a resident, or the appointment, whose code this is, as columns of an order;
    refused where there is none, or it is over."""
    if not code:
        return {}
    try:
        need = need_by_code(code)
    except Absent:
        pass
    else:
        need = need.merged_into or need
        _check_ahead(need.state not in (NeedState.MET, NeedState.UNMET))
        return {"need": need}
    try:
        appointment = booking_by_code(appointment_rows(), code)
    except Absent as error:
        raise Refused(
            "time.code",
            gettext_noop(
                "No request and no appointment has this code. Leave it empty where there is none."
            ),
        ) from error
    _check_ahead(appointment.state in BOOKING.live)
    return {"appointment": appointment}


def _check_ahead(ahead: bool) -> None:
    if not ahead:
        raise Refused("time.over", gettext_noop("What has this code is over already."))


def outcome_of(row: TimeOrder) -> TimeOrderState:
    """What became of what an order pays; of one that pays nothing with a code, its own state."""
    if row.need is not None:
        main = row.need.merged_into or row.need
        if main.state == NeedState.MET:
            return TimeOrderState.DONE
        if main.state == NeedState.UNMET:
            return TimeOrderState.CANCELLED
    if row.appointment is not None:
        if row.appointment.state == BookingState.DONE:
            return TimeOrderState.DONE
        if row.appointment.state not in BOOKING.live:
            return TimeOrderState.CANCELLED
    return TimeOrderState(row.state)


def orders_to_settle(account: TimeAccount) -> list[TimeOrder]:
    """Orders of an account that pay something that has an end of its own."""
    rows = order_rows().filter(account=account, state=TimeOrderState.ORDERED)
    rows = rows.filter(Q(need__isnull=False) | Q(appointment__isnull=False))
    return list(rows.order_by("pk"))


def order_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many orders of a community wait for the community's word."""
    return _WAITING.number(actor, community)


def _waiting(actor: Actor, community: Organisation) -> QuerySet[TimeOrder, tuple[UUID]]:
    rows = orders_in(actor, community).filter(
        state=TimeOrderState.ORDERED, need=None, appointment=None
    )
    return rows.order_by().select_related(None).values_list("pk")


_WAITING = Prepared(_waiting)

PENDING: dict[str, PendingRows] = {
    "time-ordered": lambda: TimeOrder.objects.filter(
        pk=OuterRef("about"), state=TimeOrderState.ORDERED
    ),
}
"""For which rows notices ask."""

"""Figures of the time bank: hours that came to its accounts and went from them. None says whose."""

from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.sources import TIME_BOOKINGS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Condition, Trait
from baodao.timebank.rules.accounts import BookingKind

_MOVED = Trait("moved")


def _of(*kinds: BookingKind) -> Condition:
    """Bookings of these kinds that were made in the period."""
    return Trait("kind").one_of(*kinds) & Trait("booked_at").in_period


METRICS = (
    Metric(
        "time_earned",
        TIME_BOOKINGS,
        gettext_noop("Hours credited by the time bank"),
        "时间银行存入小时",
        gettext_noop(
            "Hours that were credited in the period for services, less those taken back in the "
            "period of services that were put right, in the community where the account was kept "
            "then."
        ),
        _of(BookingKind.EARNED, BookingKind.TAKEN_BACK),
        measure=Measure.MINUTES,
        amount=_MOVED,
    ),
    Metric(
        "time_spent",
        TIME_BOOKINGS,
        gettext_noop("Hours spent from the time bank"),
        "时间银行支取小时",
        gettext_noop(
            "Hours that were booked off in the period for help that was ordered, less those given "
            "back in the period of orders that were cancelled."
        ),
        _of(BookingKind.ORDERED, BookingKind.GIVEN_BACK),
        measure=Measure.MINUTES,
        amount=_MOVED,
    ),
    Metric(
        "time_orders",
        TIME_BOOKINGS,
        gettext_noop("Orders paid in hours"),
        "时间银行用时订单数",
        gettext_noop(
            "Help that was ordered in the period and paid in hours of the time bank, also where "
            "the order was cancelled later."
        ),
        _of(BookingKind.ORDERED),
    ),
)

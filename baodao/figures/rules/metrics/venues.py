"""Figures of places of service of all levels, and the use of their rooms."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import ROOM_BOOKINGS, VENUES
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import EVERY, Trait

METRICS = (
    Metric(
        "venues",
        VENUES,
        gettext_noop("Places of service near home"),
        "阵地数",
        gettext_noop(
            "Places of service of all levels, from the city's own to those of grids, that had been "
            "opened by then and not closed for good by then."
        ),
        EVERY,
    ),
    Metric(
        "room_bookings",
        ROOM_BOOKINGS,
        gettext_noop("Rooms that were lent"),
        "活动室使用次数",
        gettext_noop(
            "Bookings of rooms for an hour in the period that were confirmed by then and not "
            "cancelled by then."
        ),
        Trait("starts_at").in_period,
    ),
)

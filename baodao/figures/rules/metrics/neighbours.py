"""Figures of neighbours who help each other: talents and what they served, appointments. None of
them is of members, and none says who."""

from baodao.bookings.rules.bookings import BookingState
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import APPOINTMENTS, TALENT_SERVICES, TALENTS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import EVERY, Trait

METRICS = (
    Metric(
        "talents",
        TALENTS,
        gettext_noop("Talents in the list"),
        "草根能人数",
        gettext_noop(
            "Residents who had been taken into a list of talents by then, and whose entry had not "
            "ended by then."
        ),
        EVERY,
    ),
    Metric(
        "talent_services",
        TALENT_SERVICES,
        gettext_noop("Services of talents"),
        "能人服务次数",
        gettext_noop(
            "Services of talents that were recorded in the period and not reversed by then; they "
            "are no services of members."
        ),
        Trait("recorded_at").in_period,
    ),
    Metric(
        "appointments_done",
        APPOINTMENTS,
        gettext_noop("Appointments that took place"),
        "便民服务预约完成数",
        gettext_noop("Appointments of the convenience alliance that took place in the period."),
        Trait("state").one_of(BookingState.DONE) & Trait("ended_at").in_period,
    ),
)

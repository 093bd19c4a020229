"""Figures of service: what members did, and what was done in a community."""

from baodao.figures.rules.conditions import Trait
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, StatSheet
from baodao.figures.rules.sources import SERVICES, SERVICES_HERE
from baodao.kernel.errors import gettext_noop

MINUTES, CATEGORY = Trait("minutes"), Trait("category")
_TIME = gettext_noop(
    "The time of these services without travel; added up in minutes, shown in hours."
)

METRICS = (
    Metric(
        "services",
        SERVICES,
        gettext_noop("Services done"),
        "服务人次",
        gettext_noop(
            "Services done in the period, recorded by then and not reversed, of people who "
            "belonged to this branch or unit when they were recorded: one a person and service."
        ),
        columns={StatSheet.SERVICE: BRANCHES_UP},
    ),
    Metric(
        "minutes",
        SERVICES,
        gettext_noop("Hours served"),
        "服务时长（小时）",
        _TIME,
        columns={StatSheet.SERVICE: BRANCHES_UP},
        measure=Measure.MINUTES,
        amount=MINUTES,
    ),
    Metric(
        "services_here",
        SERVICES_HERE,
        gettext_noop("Services done here"),
        "在此服务人次",
        gettext_noop(
            "Services done in the period in a community here, recorded by then and not "
            "reversed, by members of whatever unit: one a person and service."
        ),
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "minutes_here",
        SERVICES_HERE,
        gettext_noop("Hours served here"),
        "在此服务时长（小时）",
        _TIME,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
        measure=Measure.MINUTES,
        amount=MINUTES,
    ),
)

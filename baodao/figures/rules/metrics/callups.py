"""Figures of emergency call-ups; of who cannot come there is none."""

from baodao.figures.rules.conditions import Trait
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import SUMMONSES
from baodao.kernel.errors import gettext_noop

CALLED_AT = Trait("called_at")

METRICS = (
    Metric(
        "summonses",
        SUMMONSES,
        gettext_noop("Called up for emergencies"),
        "应急集结人次",
        gettext_noop(
            "Members registered here who were called by an emergency call-up in the period, once "
            "for each call-up."
        ),
        CALLED_AT.in_period,
    ),
    Metric(
        "summonses_able",
        SUMMONSES,
        gettext_noop("Said that they can come"),
        "应急集结能来人次",
        gettext_noop(
            "Of those who were called in the period, who had answered by then, as the last word, "
            "that they can come."
        ),
        CALLED_AT.in_period & Trait("able").holds,
    ),
)

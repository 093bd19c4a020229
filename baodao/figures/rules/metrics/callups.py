"""Figures of emergency call-ups; of who cannot come there is none."""

from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.sources import SUMMONSES
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

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
    Metric(
        "summonses_placed",
        SUMMONSES,
        gettext_noop("Given a place in a call-up"),
        "应急集结编班人次",
        gettext_noop(
            "Of those who were called in the period, who had been given a place in a post of that "
            "call-up by then, also where they gave it up since."
        ),
        CALLED_AT.in_period & Trait("placed").holds,
    ),
    Metric(
        "summonses_came",
        SUMMONSES,
        gettext_noop("Came to a call-up"),
        "应急集结到场人次",
        gettext_noop(
            "Of those who were called in the period, for whom a service in a post of that call-up "
            "was recorded by then and not reversed."
        ),
        CALLED_AT.in_period & Trait("came").holds,
    ),
    Metric(
        "summonses_minutes",
        SUMMONSES,
        gettext_noop("Hours served in call-ups"),
        "应急集结服务时长（小时）",
        gettext_noop(
            "Of those who were called in the period, what was recorded by then of their services "
            "in posts of that call-up. Who was not called and came is counted with the services."
        ),
        CALLED_AT.in_period & Trait("came").holds,
        measure=Measure.MINUTES,
        amount=Trait("minutes"),
    ),
)

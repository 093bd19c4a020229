"""Figures of the list of problems: put on it, solved, in time, opened again."""

from baodao.figures.rules.definitions import Metric, Share
from baodao.figures.rules.sources import PROBLEMS
from baodao.kernel.errors import gettext_noop
from baodao.problems.rules.problems import ProblemSource
from baodao.tallies.rules.conditions import Trait

RAISED_AT, CLOSED_AT = Trait("raised_at"), Trait("closed_at")
REOPENED_AT, IN_TIME = Trait("reopened_at"), Trait("in_time")

METRICS = (
    Metric(
        "problems_raised",
        PROBLEMS,
        gettext_noop("Problems put on the list"),
        "列入清单问题数",
        gettext_noop("Problems put on the list of a community in the period and by then."),
        RAISED_AT.in_period,
    ),
    Metric(
        "problems_visits",
        PROBLEMS,
        gettext_noop("Problems that came from visits"),
        "走访列入清单问题数",
        gettext_noop("Of the problems put on the list in the period, those of a visit."),
        RAISED_AT.in_period & Trait("source").one_of(ProblemSource.VISIT),
    ),
    Metric(
        "problems_solved",
        PROBLEMS,
        gettext_noop("Problems on the list solved"),
        "清单问题销号数",
        gettext_noop(
            "Problems of the list that stood as solved at that instant and had been closed in the "
            "period. One that is made of a need stands here beside the need itself: this figure is "
            "no part of the needs met."
        ),
        CLOSED_AT.in_period,
    ),
    Metric(
        "problems_in_time",
        PROBLEMS,
        gettext_noop("Problems solved in time"),
        "按时销号数",
        gettext_noop("Of these, those that were closed by the day on which they were due."),
        CLOSED_AT.in_period & IN_TIME.holds,
        share=Share("problems_solved", gettext_noop("Solved in time"), "按时销号率"),
    ),
    Metric(
        "problems_reopened",
        PROBLEMS,
        gettext_noop("Problems opened again"),
        "重新打开问题数",
        gettext_noop("Problems that were opened again, for the last time, in the period."),
        REOPENED_AT.in_period,
    ),
)

"""Figures of opinions that were asked in both directions."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import OPINIONS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

METRICS = (
    Metric(
        "opinions_asked",
        OPINIONS,
        gettext_noop("Opinions asked for"),
        "征求意见份数",
        gettext_noop(
            "Sheets that a unit or community sent in the period, to a partner or to a member who "
            "served there."
        ),
        Trait("asked_at").in_period,
    ),
    Metric(
        "opinions_given",
        OPINIONS,
        gettext_noop("Opinions given"),
        "收回意见份数",
        gettext_noop("Sheets of a unit or community that were answered in the period."),
        Trait("answered_at").in_period,
    ),
    Metric(
        "opinions_replied",
        OPINIONS,
        gettext_noop("Opinions that got a reply"),
        "意见答复件数",
        gettext_noop(
            "Opinions given with a name to which the unit or community said, for the first time in "
            "the period, what became of them."
        ),
        Trait("replied_at").in_period,
    ),
)

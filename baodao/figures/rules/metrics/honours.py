"""Figures of honours: final lists issued, objections upheld. Who stands on a list enters none."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import HONOUR_LISTS, HONOUR_OBJECTIONS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

METRICS = (
    Metric(
        "honour_lists_issued",
        HONOUR_LISTS,
        gettext_noop("Lists of honours issued"),
        "公布评优评议名单",
        gettext_noop(
            "Rounds of units and communities of which the final list was issued in the period, not "
            "withdrawn by then."
        ),
        Trait("issued_at").in_period,
    ),
    Metric(
        "honour_objections_upheld",
        HONOUR_OBJECTIONS,
        gettext_noop("Objections to lists upheld"),
        "评优评议异议成立",
        gettext_noop(
            "Objections to lists of units and communities that were upheld in the period, by then."
        ),
        Trait("upheld_at").in_period,
    ),
)

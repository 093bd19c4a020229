"""Figures of contact cadres: contact points in force, visits."""

from baodao.figures.rules.definitions import Metric, Share
from baodao.figures.rules.sources import CONTACT_POINTS, CONTACT_VISITS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import EVERY, Trait

METRICS = (
    Metric(
        "contact_points",
        CONTACT_POINTS,
        gettext_noop("Contact points in force"),
        "联系点数",
        gettext_noop(
            "Communities, grids and households to which a cadre had been named as the contact by "
            "then, and that had not ended by then, once for each cadre."
        ),
        EVERY,
    ),
    Metric(
        "contact_points_visited",
        CONTACT_POINTS,
        gettext_noop("Contact points visited"),
        "已走访联系点数",
        gettext_noop(
            "Of the contact points in force, those with a visit that was written down in the "
            "period, and was not withdrawn by then."
        ),
        Trait("visited", of_period=True).holds,
        share=Share("contact_points", gettext_noop("Share visited"), "联系点走访率"),
    ),
    Metric(
        "contact_visits",
        CONTACT_VISITS,
        gettext_noop("Visits of contact cadres"),
        "走访次数",
        gettext_noop(
            "Visits that contact cadres wrote down in the period, and that were not withdrawn by "
            "then."
        ),
        Trait("noted_at").in_period,
    ),
)

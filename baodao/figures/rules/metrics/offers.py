"""Figures of offers and of the claims on them."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, StatSheet
from baodao.figures.rules.sources import CLAIMS, OFFERS, POSTS
from baodao.kernel.errors import gettext_noop
from baodao.offers.kinds.pairing.kind import PAIRING
from baodao.offers.kinds.registry import every_kind
from baodao.tallies.rules.conditions import Trait

STANDING = [kind.code for kind in every_kind() if kind.often and not kind.personal]
"""What is held for longer and served in again and again."""

METRICS = (
    Metric(
        "posts_held",
        POSTS,
        gettext_noop("Posts claimed"),
        "认领岗位数",
        gettext_noop(
            "Claims of people of this branch or unit on service posts that had a place by then "
            "and had not ended."
        ),
        Trait("kind").one_of(*STANDING) & Trait("seated").holds,
        columns={StatSheet.SERVICE: BRANCHES_UP},
    ),
    Metric(
        "pairings_held",
        POSTS,
        gettext_noop("Pairings taken on"),
        "结对帮扶数",
        gettext_noop(
            "Claims of people of this branch or unit, or of the unit itself, on pairings that had "
            "a place by then and had not ended."
        ),
        Trait("kind").one_of(PAIRING.code) & Trait("seated").holds,
    ),
    Metric(
        "offers_published",
        OFFERS,
        gettext_noop("Offers published"),
        "发布服务数",
        gettext_noop(
            "Everything offered to members that was published in the period and by then: posts, "
            "activities, wishes."
        ),
        Trait("published_at").in_period,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "series_dates",
        OFFERS,
        gettext_noop("Dates of series"),
        "固定服务日场次",
        gettext_noop(
            "Activities of a series whose day by its rhythm lies in the period, published by then "
            "and not cancelled by then; some may be still to come."
        ),
        Trait("series_day").in_period & Trait("standing").holds,
    ),
    Metric(
        "claims_live",
        CLAIMS,
        gettext_noop("Claims in force"),
        "有效认领数",
        gettext_noop("Claims on offers here, made by then and not ended."),
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "pairings",
        CLAIMS,
        gettext_noop("Pairings in force"),
        "结对帮扶数",
        gettext_noop(
            "Claims on pairings with households here that had a place by then and had not ended."
        ),
        Trait("kind").one_of(PAIRING.code) & Trait("seated").holds,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
)

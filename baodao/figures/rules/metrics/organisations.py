"""Figures of organisations: units and whether they have reported, communities and their guests."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import COMMUNITIES_UP, PLACES, StatSheet
from baodao.figures.rules.sources import COMMUNITIES, HOSTED_UNITS, TEAMS, UNITS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

METRICS = (
    Metric(
        "units",
        UNITS,
        gettext_noop("Units managed"),
        "单位数",
        gettext_noop("Units that this organisation manages, open by then."),
        columns={StatSheet.REGISTRATION: PLACES},
    ),
    Metric(
        "units_registered",
        UNITS,
        gettext_noop("Units registered"),
        "单位报到数",
        gettext_noop("Of these units, those that a community had accepted by then."),
        Trait("registered").holds,
        columns={StatSheet.REGISTRATION: PLACES},
    ),
    Metric(
        "hosted_units",
        HOSTED_UNITS,
        gettext_noop("Units hosted"),
        "在此报到单位数",
        gettext_noop("Units of whatever authority that a community here had accepted by then."),
        columns={StatSheet.REGISTRATION: COMMUNITIES_UP},
    ),
    Metric(
        "hosted_units_invited",
        HOSTED_UNITS,
        gettext_noop("Units placed by a proposal"),
        "调配到此单位数",
        gettext_noop(
            "Of the units hosted, those that came because a proposal of balanced placement was "
            "adopted and they agreed."
        ),
        Trait("invited").holds,
    ),
    Metric(
        "communities",
        COMMUNITIES,
        gettext_noop("Communities"),
        "社区数",
        gettext_noop("Communities, open by then."),
        columns={StatSheet.REGISTRATION: PLACES},
    ),
    Metric(
        "communities_empty",
        COMMUNITIES,
        gettext_noop("Communities without members"),
        "无人报到社区数",
        gettext_noop("Communities in which nobody was registered by then."),
        Trait("empty").holds,
        columns={StatSheet.REGISTRATION: PLACES},
    ),
    Metric(
        "communities_alone",
        COMMUNITIES,
        gettext_noop("Communities without members and units"),
        "无党员无单位报到社区数",
        gettext_noop("Communities in which neither a member nor a unit was registered by then."),
        Trait("empty").holds & Trait("without_unit").holds,
    ),
    Metric(
        "teams",
        TEAMS,
        gettext_noop("Service teams"),
        "服务队数",
        gettext_noop("Service teams of the communities here, open by then."),
    ),
)

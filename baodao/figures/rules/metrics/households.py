"""Figures of households with a file and of help groups: counts alone, none of which says whose."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import HOUSEHOLDS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

_SORT, _IN_PERIOD = Trait("sort"), Trait("at").in_period
METRICS = (
    Metric(
        "household_files",
        HOUSEHOLDS,
        gettext_noop("Files of households, at least"),
        "民情档案户数",
        gettext_noop(
            "Households of which a community kept a file at the end of the last quarter that was "
            "over; of each community in whole fives, so that no household can be made out."
        ),
        _SORT.one_of("file"),
    ),
    Metric(
        "household_files_closed",
        HOUSEHOLDS,
        gettext_noop("Files of households closed, at least"),
        "民情档案销档户数",
        gettext_noop(
            "Files that were closed in the quarters of the period that were over, without those "
            "filed by mistake; of each community in whole fives. Of a shorter period nothing is "
            "told."
        ),
        _SORT.one_of("closed") & _IN_PERIOD,
    ),
    Metric(
        "help_groups",
        HOUSEHOLDS,
        gettext_noop("Help groups"),
        "红色帮扶小组数",
        gettext_noop("Help groups of a community, founded by then, and not ended by then."),
        _SORT.one_of("group"),
    ),
    Metric(
        "group_households",
        HOUSEHOLDS,
        gettext_noop("Households with a help group, at least"),
        "小组帮扶户数",
        gettext_noop(
            "Households by which a help group stood at the end of the last quarter that was over; "
            "of each community in whole fives."
        ),
        _SORT.one_of("household"),
    ),
    Metric(
        "group_helps",
        HOUSEHOLDS,
        gettext_noop("Help of help groups, at least"),
        "小组帮扶次数",
        gettext_noop(
            "Help that members of help groups gave in the quarters of the period that were over, "
            "confirmed and not taken back by their end; of each community in whole fives."
        ),
        _SORT.one_of("help") & _IN_PERIOD,
    ),
)

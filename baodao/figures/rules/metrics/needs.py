"""Figures of needs: collected, without help, met and not met."""

from baodao.figures.rules.conditions import Trait
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.sheets import COMMUNITIES_UP, StatSheet
from baodao.figures.rules.sources import NEEDS
from baodao.kernel.errors import gettext_noop
from baodao.needs.rules.life import WAITING, NeedState
from baodao.offers.kinds.order.kind import ORDER
from baodao.offers.kinds.wish.kind import WISH

STATE, SINCE, COLLECTED_AT = Trait("state"), Trait("since"), Trait("collected_at")
WITHOUT_HELP = STATE.one_of(*WAITING)

METRICS = (
    Metric(
        "needs_collected",
        NEEDS,
        gettext_noop("Needs collected"),
        "征集需求数",
        gettext_noop("Needs entered in the period and by then, those merged into others included."),
        COLLECTED_AT.in_period,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "needs_without_help",
        NEEDS,
        gettext_noop("Needs without help"),
        "待帮助需求数",
        gettext_noop(
            "Needs entered by then, whenever that was, that at that instant no published offer "
            "answered and that were neither closed nor merged."
        ),
        WITHOUT_HELP,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "oldest_need",
        NEEDS,
        gettext_noop("Oldest of them"),
        "最早需求等待天数",
        gettext_noop("How many days the oldest of the needs without help has waited."),
        WITHOUT_HELP,
        measure=Measure.EARLIEST,
        amount=COLLECTED_AT,
    ),
    Metric(
        "needs_met",
        NEEDS,
        gettext_noop("Needs met"),
        "办实事次数",
        gettext_noop("Needs that stood as met at that instant and had been closed in the period."),
        STATE.one_of(NeedState.MET) & SINCE.in_period,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "wishes_met",
        NEEDS,
        gettext_noop("Wishes come true"),
        "实现微心愿数",
        gettext_noop(
            "Needs that a wish answered, that stood as met at that instant and had been closed in "
            "the period; each of them is among the needs met."
        ),
        STATE.one_of(NeedState.MET) & SINCE.in_period & Trait("answered_by").one_of(WISH.code),
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "orders_met",
        NEEDS,
        gettext_noop("Orders met"),
        "办结点单数",
        gettext_noop(
            "Needs that an order answered, that stood as met at that instant and had been closed "
            "in the period; each of them is among the needs met."
        ),
        STATE.one_of(NeedState.MET) & SINCE.in_period & Trait("answered_by").one_of(ORDER.code),
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "needs_unmet",
        NEEDS,
        gettext_noop("Needs not met"),
        "未能满足数",
        gettext_noop(
            "Needs that stood as not met, with the reason, at that instant and had been closed "
            "in the period."
        ),
        STATE.one_of(NeedState.UNMET) & SINCE.in_period,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
)

"""Figures of needs: collected, without help, met, by whose people, and what who asked says."""

from enum import StrEnum

from baodao.figures.rules.definitions import Measure, Metric, Share
from baodao.figures.rules.sheets import COMMUNITIES_UP, StatSheet
from baodao.figures.rules.sources import NEEDS, RATINGS, SOLUTIONS, UNIT_NEEDS
from baodao.kernel.errors import gettext_noop
from baodao.needs.rules.life import NEED, WAITING, AskerWord, NeedState
from baodao.needs.rules.requests import NeedSource
from baodao.tallies.rules.conditions import Trait


class NeedSort(StrEnum):
    """微心愿, 点单, or anything else: every need is one of them."""

    WISH = "wish"
    ORDER = "order"
    PROBLEM = "problem"


STATE, SINCE, COLLECTED_AT = Trait("state"), Trait("since"), Trait("collected_at")
SORT, WORD, RATED_AT = Trait("sort"), Trait("word"), Trait("rated_at")
WITHOUT_HELP = STATE.one_of(*WAITING)
_WISH, _ORDER = SORT.one_of(NeedSort.WISH), SORT.one_of(NeedSort.ORDER)
_PROBLEM = SORT.one_of(NeedSort.PROBLEM)
_MET = STATE.one_of(NeedState.MET) & SINCE.in_period
_GOING = STATE.one_of(*(state for state in NeedState if state not in NEED.over))
LONG = 7
"""Days after which an order has waited long."""

_NEEDS = (
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
        "needs_visits",
        NEEDS,
        gettext_noop("Needs that came from visits"),
        "走访征集需求数",
        gettext_noop("Of the needs collected in the period, those of a visit."),
        COLLECTED_AT.in_period & Trait("source").one_of(NeedSource.VISIT),
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
        _MET,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "wishes_collected",
        NEEDS,
        gettext_noop("Wishes collected"),
        "征集微心愿数",
        gettext_noop(
            "Needs entered in the period and by then of which a wish had been made by that instant."
        ),
        COLLECTED_AT.in_period & _WISH,
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
        _MET & _WISH,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "orders_placed",
        NEEDS,
        gettext_noop("Orders placed"),
        "居民点单数",
        gettext_noop(
            "Needs entered in the period and by then that were ordered from a menu, or dispatched "
            "as an order by that instant."
        ),
        COLLECTED_AT.in_period & _ORDER,
    ),
    Metric(
        "orders_long",
        NEEDS,
        gettext_noop("Orders open for more than a week"),
        "超过一周未办结点单数",
        gettext_noop(
            "Orders that at that instant were neither done nor ended, and had been placed more "
            "than seven days before."
        ),
        _GOING & _ORDER & COLLECTED_AT.aged(LONG + 1, None),
    ),
    Metric(
        "orders_met",
        NEEDS,
        gettext_noop("Orders met"),
        "办结点单数",
        gettext_noop(
            "Needs that were ordered from a menu or dispatched as an order, that stood as met at "
            "that instant and had been closed in the period; each is among the needs met."
        ),
        _MET & _ORDER,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "problems_met",
        NEEDS,
        gettext_noop("Problems solved"),
        "解决问题数",
        gettext_noop(
            "Needs that stood as met at that instant, had been closed in the period and were "
            "neither a wish nor an order: with these they make up the needs met."
        ),
        _MET & _PROBLEM,
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

_RATINGS = (
    Metric(
        "ratings",
        RATINGS,
        gettext_noop("Words of who asked"),
        "群众评价数",
        gettext_noop(
            "What those who asked said of a need that was met, in the period and by then; one who "
            "was asked again after more was done may have said it again."
        ),
        RATED_AT.in_period,
    ),
    Metric(
        "ratings_satisfied",
        RATINGS,
        gettext_noop("Satisfied"),
        "满意数",
        gettext_noop("Of these words, those that say “satisfied” or “largely satisfied”."),
        RATED_AT.in_period & WORD.one_of(AskerWord.YES, AskerWord.PARTLY),
        share=Share("ratings", gettext_noop("Satisfaction"), "群众满意率"),
    ),
    Metric(
        "ratings_unsolved",
        RATINGS,
        gettext_noop("Not solved yet"),
        "反映未解决数",
        gettext_noop("Of these words, those that say “not solved yet”."),
        RATED_AT.in_period & WORD.one_of(AskerWord.NO),
    ),
)

_SOLUTIONS = (
    Metric(
        "solutions",
        SOLUTIONS,
        gettext_noop("Needs solved by its people"),
        "办实事次数",
        gettext_noop(
            "Needs of whatever community that stood as met at that instant, had been closed in "
            "the period, and for which somebody of this branch or unit served first; and problems "
            "that the unit solved in the period and that are no such need: each counts once."
        ),
        SINCE.in_period,
    ),
    Metric(
        "solutions_problems",
        SOLUTIONS,
        gettext_noop("Problems solved by its people"),
        "解决问题数",
        gettext_noop("Of these, needs that were neither a wish nor an order, and problems."),
        SINCE.in_period & _PROBLEM,
    ),
    Metric(
        "solutions_wishes",
        SOLUTIONS,
        gettext_noop("Wishes that its people made come true"),
        "实现微心愿数",
        gettext_noop("Of these needs, those that a wish answered."),
        SINCE.in_period & _WISH,
    ),
    Metric(
        "solutions_orders",
        SOLUTIONS,
        gettext_noop("Orders met by its people"),
        "办结点单数",
        gettext_noop("Of these needs, those that were ordered or dispatched as an order."),
        SINCE.in_period & _ORDER,
    ),
    Metric(
        "unit_needs",
        UNIT_NEEDS,
        gettext_noop("Needs that the unit collected"),
        "征集需求数",
        gettext_noop("Needs that this unit entered for a community, in the period and by then."),
        COLLECTED_AT.in_period,
    ),
)

METRICS = (*_SOLUTIONS, *_NEEDS, *_RATINGS)

"""Help that is ordered for hours: booked when it is ordered, given back when it does not come."""

from dataclasses import dataclass, replace
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

WORDS = 100
MOST_MINUTES = 12 * 60


class TimeOrderState(Code):
    """已预扣, 已服务, 已取消."""

    ORDERED = "ordered", gettext_noop("Ordered")
    DONE = "done", gettext_noop("Help came")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


TIME_ORDER = Life(
    "time-order",
    moves={
        TimeOrderState.ORDERED: {TimeOrderState.DONE, TimeOrderState.CANCELLED},
        TimeOrderState.DONE: set(),
        TimeOrderState.CANCELLED: set(),
    },
    refusals={
        TimeOrderState.ORDERED: gettext_noop("This help is ordered and has not come yet."),
        TimeOrderState.DONE: gettext_noop("This help came already."),
        TimeOrderState.CANCELLED: gettext_noop("This order was cancelled; the hours are back."),
    },
)


class OrderWay(Code):
    """手机, 窗口, 电话."""

    PHONE = "phone", gettext_noop("On the owner's phone")
    WINDOW = "window", gettext_noop("At the window, hours")
    CALL = "call", gettext_noop("By telephone, hours")


BY_HAND = (OrderWay.WINDOW, OrderWay.CALL)


@dataclass(frozen=True)
class TimeOrderFacts:
    """What is ordered: in words, for how many minutes, for which of the kin (None: oneself), by
    which way. `code` is that of an order of the menu or of an appointment that it pays."""

    words: str
    minutes: int
    kin_id: UUID | None = None
    code: str = ""
    way: str = OrderWay.PHONE


def check_time_order(facts: TimeOrderFacts) -> TimeOrderFacts:
    """What is ordered as it is kept; refused without words, or of no length that help has."""
    clean = replace(facts, words=check_length(facts.words.strip(), WORDS), code=facts.code.strip())
    if not clean.words:
        raise Refused("time.words", gettext_noop("Say in a few words which help you would like."))
    if not 1 <= clean.minutes <= MOST_MINUTES:
        raise Refused(
            "time.length",
            gettext_noop("Help is ordered for 1 to %(most)s minutes."),
            most=MOST_MINUTES,
        )
    if clean.way not in set(OrderWay):
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))
    return clean


STORIES = {
    "time.ordered": gettext_noop("ordered; the minutes are booked off"),
    "time.order-done": gettext_noop("noted that the help came"),
    "time.order-cancelled": gettext_noop("cancelled; the minutes are back"),
}
"""What the journal tells of an order."""

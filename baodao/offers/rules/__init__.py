"""The decisions of offers, pure: the life of needs."""

from baodao.offers.rules.states import (
    NEED_NEXT,
    NEED_SOURCES,
    NEED_STATES,
    URGENCIES,
    WAITING,
    NeedSource,
    NeedState,
    Urgency,
    move_need,
)

__all__ = [
    "NEED_NEXT",
    "NEED_SOURCES",
    "NEED_STATES",
    "URGENCIES",
    "WAITING",
    "NeedSource",
    "NeedState",
    "Urgency",
    "move_need",
]

"""The decisions about feedback cards, pure: their life, their ticks, the words that facts give."""

from baodao.appraisal.rules.life import (
    LIVE,
    SHOWN,
    STATES,
    CardState,
    check_answer,
    check_judgement,
    check_objection,
    check_occasion,
    check_opinion,
    check_other,
    check_reason,
    check_sign,
    check_state,
    check_year,
)
from baodao.appraisal.rules.stories import STORIES
from baodao.appraisal.rules.ticks import (
    Option,
    Ticks,
    boxes,
    duration,
    facts_in_words,
    options_of,
    ticks_of,
)

__all__ = [
    "LIVE",
    "SHOWN",
    "STATES",
    "STORIES",
    "CardState",
    "Option",
    "Ticks",
    "boxes",
    "check_answer",
    "check_judgement",
    "check_objection",
    "check_occasion",
    "check_opinion",
    "check_other",
    "check_reason",
    "check_sign",
    "check_state",
    "check_year",
    "duration",
    "facts_in_words",
    "options_of",
    "ticks_of",
]

"""Reading feedback cards: who sees which, what they are made of, what happened to them."""

from baodao.appraisal.queries.cards import (
    Side,
    card_of,
    card_rows,
    cards,
    desk_cards,
    desk_objections,
    objections_of,
    own_cards,
    received_cards,
    side_of,
    ticked,
    years_of,
)
from baodao.appraisal.queries.drafting import (
    Period,
    Subject,
    served_by,
    subjects,
    suggestions,
    year_of,
)
from baodao.appraisal.queries.timelines import timeline

__all__ = [
    "Period",
    "Side",
    "Subject",
    "card_of",
    "card_rows",
    "cards",
    "desk_cards",
    "desk_objections",
    "objections_of",
    "own_cards",
    "received_cards",
    "served_by",
    "side_of",
    "subjects",
    "suggestions",
    "ticked",
    "timeline",
    "year_of",
    "years_of",
]

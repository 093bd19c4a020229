"""Writing feedback cards: drafted, judged, signed, withdrawn, read, answered, objected to."""

from baodao.appraisal.commands.drafting import Event, draft_cards, draft_event, judge
from baodao.appraisal.commands.objecting import answer_objection, object_to
from baodao.appraisal.commands.receiving import give_opinion, read_cards
from baodao.appraisal.commands.signing import sign_cards, withdraw_card

__all__ = [
    "Event",
    "answer_objection",
    "draft_cards",
    "draft_event",
    "give_opinion",
    "judge",
    "object_to",
    "read_cards",
    "sign_cards",
    "withdraw_card",
]

"""What stands on a feedback card when it is signed, in Chinese as every form is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext, override

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.ticks import boxes
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.ledger.rules.durations import length_on_paper
from baodao.people.rules.standing import paper_word

YEARLY = "年度反馈"


def card_facts(card: FeedbackCard) -> Item:
    """The facts of a card; for the command that signs it. The unit's opinion follows later."""
    with override("zh-hans"):
        return _facts(card)


def _facts(card: FeedbackCard) -> Item:
    facts: dict[str, str] = card.facts
    return {
        "name": facts["name"],
        "sex": paper_word(facts["sex"]),
        "born_on": facts["born_on"],
        "joined_on": facts["joined_on"],
        "grade": paper_word(facts["grade"]),
        "position": facts["position"],
        "workplace": facts["unit"],
        "branch": facts["branch"],
        "community": facts["community"],
        "accepted_on": facts["accepted_on"],
        "number": card.number_text,
        "period": f"{paper_text(card.since)}至{paper_text(card.until)}",
        "occasion": card.occasion or YEARLY,
        "records": card.services,
        "time_served": length_on_paper(card.minutes),
        "kinds": boxes(chinese(card.kind_options), card.kinds),
        "ways": boxes(chinese(card.way_options), card.ways),
        "judgement": card.judgement,
        "signer": card.signed_by,
        "signed_on": _day(card.signed_at),
        "as_of": _day(card.as_of),
    }


def chinese(options: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Codes with their words; the words that stand on paper, where the language is Chinese."""
    return [(code, gettext(words)) for code, words in options]


def _day(instant: datetime | None) -> date | None:
    return clock.local(instant).date() if instant else None

"""Feedback cards as papers: the facts fixed at signing, in Chinese as every form is."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, override

from baodao.appraisal.commands.signatures import number_of
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.appraisal.rules.ticks import boxes, duration
from baodao.documents.files import Rendered, render
from baodao.documents.queries import tokens_of
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.ledger.queries.categories import categories_of
from baodao.orgs.models import Organisation
from baodao.people.rules.standing import paper_word

YEARLY = "年度反馈"


def cards(cards: Sequence[FeedbackCard], format: str) -> Rendered:  # noqa: A002
    """社区表现反馈卡, a sheet each, as pdf, docx or html."""
    return render(FEEDBACK_CARD.code, card_items(cards), format)


def card_items(cards: Iterable[FeedbackCard]) -> list[Item]:
    """What stands on each signed card, in the order given."""
    rows = list(cards)
    tokens = tokens_of([card.pk for card in rows], FEEDBACK_CARD.code)
    with override("zh-hans"):
        return [_item(card, tokens.get(card.pk, "")) for card in rows]


def _item(card: FeedbackCard, token: str) -> Item:
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
        "number": number_of(card),
        "period": f"{paper_text(card.since)}至{paper_text(card.until)}",
        "occasion": card.occasion or YEARLY,
        "records": card.services,
        "time_served": duration(card.minutes),
        "kinds": boxes(_chinese(card.kind_options), card.kinds),
        "ways": boxes(_chinese(card.way_options), card.ways),
        "judgement": card.judgement,
        "signer": card.signed_by,
        "signed_on": _day(card.signed_at),
        "as_of": _day(card.as_of),
        "unit_opinion": card.opinion,
        "opinion_on": _day(card.opinion_at),
        "verify_url": f"{settings.PUBLIC_URL}/v/{token}/" if token else "",
    }


def blank(community: Organisation, format: str) -> Rendered:  # noqa: A002
    """The card for the window, offering the community's own kinds of service."""
    with override("zh-hans"):
        kinds = boxes(_chinese(list(categories_of(community).items())), ())
    item: Item = {"community": community.name, "kinds": kinds}
    return render(FEEDBACK_CARD.code, [item], format)


def _chinese(options: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(code, gettext(words)) for code, words in options]


def _day(instant: object) -> date | None:
    return clock.local(instant).date() if instant else None  # type: ignore[arg-type]

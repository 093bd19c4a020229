"""The feedback cards of a person who was entered twice: of two for one year one stays."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.life import CARD, CardState, weight
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.stages import move

Json = dict[str, Any]
CardKey = tuple[int, int, str]


class CardsMerge:
    """Where both entries have a card of a community for one year or event, a draft gives way; two
    that are signed stand in the way of the merge, until one is withdrawn."""

    key = "cards"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:  # noqa: ARG002 - a step's shape
        ours = {_key(card): card for card in _locked(kept)}
        pairs = [(ours[_key(card)], card) for card in _locked(gone) if _key(card) in ours]
        aside = [lighter for lighter in map(_lighter, pairs) if lighter.state == CardState.DRAFT]
        move(aside, CardState.ASIDE, clock.now())
        return {"aside": [str(card.pk) for card in aside]}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002
        rows = FeedbackCard.objects.filter(pk__in=notes["aside"], state=CardState.ASIDE)
        drafts = list(rows.order_by("pk").select_for_update(no_key=True))
        live = {(card.person_id, _key(card)) for one in (kept, gone) for card in _locked(one)}
        free = [draft for draft in drafts if (draft.person_id, _key(draft)) not in live]
        move(free, CardState.DRAFT, clock.now())


def _lighter(pair: tuple[FeedbackCard, FeedbackCard]) -> FeedbackCard:
    """The one of two with which less is lost, of two alike the one of the entry that goes."""
    kept, gone = pair
    is_heavier = weight(gone.state, gone.judgement) > weight(kept.state, kept.judgement)
    return kept if is_heavier else gone


def _locked(person_id: UUID) -> QuerySet[FeedbackCard]:
    rows = FeedbackCard.objects.filter(person=person_id, state__in=CARD.live)
    return rows.order_by("pk").select_for_update(no_key=True)


def _key(card: FeedbackCard) -> CardKey:
    return card.community_id, card.year, card.occasion

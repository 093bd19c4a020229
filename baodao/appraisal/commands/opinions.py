"""The unit's side: cards read, and its opinion given once."""

from collections.abc import Collection
from uuid import UUID

from baodao.appraisal.commands.drafts import keep
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CARD, OUT, CardState, check_opinion
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.documents.commands import complete
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.notices.commands.notices import Message, announce


@command
def read_cards(actor: Actor, *, card_ids: Collection[UUID]) -> list[FeedbackCard]:
    """The unit has read these cards; those read before stay as they were. Returns the fresh.

    Cannot be taken back: that a unit has read a card is what happened."""
    cards = lock_many(received_cards(actor, Permission.FEEDBACK_RECEIVE), card_ids)
    fresh = [card for card in cards if card.state == CardState.SIGNED]
    _mark(actor, fresh)
    return fresh


def _mark(actor: Actor, cards: Collection[FeedbackCard]) -> None:
    now = clock.now()
    for card in cards:
        card.state, card.read_by, card.read_at = CardState.READ, actor.name, now
    keep(cards, ["state", "read_by", "read_at"])
    journal.write_many(
        actor,
        [
            journal.Act("feedback.read", card.pk, card.community_id, {"unit": card.unit.name})
            for card in cards
        ],
    )


@command
def give_opinion(actor: Actor, *, card_id: UUID, opinion: str) -> FeedbackCard:
    """The unit's secretary writes the unit's opinion on a card, once; it is read thereby."""
    words = check_opinion(opinion)
    card = lock(received_cards(actor, Permission.FEEDBACK_ANSWER), card_id)
    CARD.check(card.state, *OUT)
    if card.opinion:
        raise Refused(
            "card.opinion-given",
            gettext_noop("%(name)s has given the unit's opinion already."),
            name=card.opinion_by,
        )
    if card.state == CardState.SIGNED:
        _mark(actor, [card])
    card.opinion, card.opinion_by, card.opinion_at = words, actor.name, clock.now()
    card.save(update_fields=["opinion", "opinion_by", "opinion_at"])
    answer = {"unit_opinion": words, "opinion_on": clock.day_of(card.opinion_at)}
    complete(about=card.pk, form=FEEDBACK_CARD.code, facts=answer)
    unit = card.unit.name
    journal.write(actor, "feedback.opined", card.pk, card.community_id, unit=unit)
    facts = {"unit": unit, "name": card.person.name, "number": card.number_text}
    announce(
        [
            Message(
                "feedback-opined", organisation_id=card.community_id, about=card.pk, facts=facts
            ),
            Message("feedback-opinion", person_id=card.person_id, about=card.pk, facts=facts),
        ]
    )
    return card

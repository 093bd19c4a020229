"""The unit's side: cards read, and its opinion given once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from baodao.appraisal.commands.drafts import keep
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CARD, OUT, CardState, check_first_opinion, check_opinion
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.documents.commands import complete
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.notices import Message, announce

READING = "appraisal.reading"
"""The name by which the signature that a unit has read cards is taken back."""
_READ = ["state", "read_by", "read_at"]


@command
def read_cards(actor: Actor, *, card_ids: Collection[UUID]) -> Batch[FeedbackCard]:
    """签收: the unit has read these cards; those read before stay as they were and are named."""
    cards = lock_many(received_cards(actor, Permission.FEEDBACK_RECEIVE), card_ids)
    batch = Batch.each(cards, _unread, _name)
    if not batch.done:
        return batch
    now = clock.now()
    _mark(actor, batch.done, now)
    marks = {"at": now.isoformat(), "cards": [str(card.pk) for card in batch.done]}
    return replace(batch, undo_id=leave_note(actor, READING, marks))


def _unread(card: FeedbackCard) -> FeedbackCard:
    if card.state == CardState.READ:
        words = gettext_noop("%(name)s has marked it as read already.")
        raise Refused("card.read", words, name=card.read_by)
    CARD.check(card.state, CardState.SIGNED)
    return card


def _name(card: FeedbackCard) -> str:
    return card.person.name


@takes_back(READING)
def take_back(actor: Actor, marks: Marks) -> Batch[FeedbackCard]:
    """Let cards wait to be read again. Named is what was withdrawn since, and on what the unit's
    opinion was given, which says that somebody has read it."""
    cards = lock_many(
        received_cards(actor, Permission.FEEDBACK_RECEIVE), [UUID(pk) for pk in marks["cards"]]
    )
    unread = partial(_only_read, datetime.fromisoformat(marks["at"]))
    batch = Batch.each(cards, unread, _name)
    for card in batch.done:
        card.state, card.read_by, card.read_at = CardState.SIGNED, "", None
    keep(batch.done, _READ)
    _note(actor, "feedback.reading-undone", batch.done)
    return batch


def _only_read(at: datetime, card: FeedbackCard) -> FeedbackCard:
    if card.state != CardState.READ or card.read_at != at or card.opinion:
        raise Refused("card.changed", gettext_noop("Something else has happened to it since."))
    return card


def _mark(actor: Actor, cards: Collection[FeedbackCard], now: datetime) -> None:
    for card in cards:
        card.state, card.read_by, card.read_at = CardState.READ, actor.name, now
    keep(cards, _READ)
    _note(actor, "feedback.read", cards)


def _note(actor: Actor, verb: str, cards: Collection[FeedbackCard]) -> None:
    journal.write_many(
        actor,
        [journal.Act(verb, card.pk, card.community_id, {"unit": card.unit.name}) for card in cards],
    )


@command
def give_opinion(actor: Actor, *, card_id: UUID, opinion: str) -> FeedbackCard:
    """The unit's secretary writes the unit's opinion on a card, once; it is read thereby."""
    words = check_opinion(opinion)
    card = lock(received_cards(actor, Permission.FEEDBACK_ANSWER), card_id)
    CARD.check(card.state, *OUT)
    check_first_opinion(card.opinion_by)
    if card.state == CardState.SIGNED:
        _mark(actor, [card], clock.now())
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

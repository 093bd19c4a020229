"""The judged person objects to a card, and the community answers by a day."""

from uuid import UUID

from baodao.appraisal.models import FeedbackCard, Objection
from baodao.appraisal.queries.cards import desk_objections, own_cards
from baodao.appraisal.rules.life import (
    CARD,
    OUT,
    check_answer,
    check_objection,
    check_other,
    check_unanswered,
)
from baodao.appraisal.rules.policies import ANSWER_DAYS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.policies import value_of


@command
def object_to(actor: Actor, *, card_id: UUID, text: str) -> Objection:
    """Object to one's own signed card; one objection at a time waits for its answer."""
    words = check_objection(text)
    card: FeedbackCard = lock(own_cards(actor), card_id)
    CARD.check(card.state, *OUT)
    if Objection.objects.filter(card=card, answered_at=None).exists():
        raise Refused(
            "objection.open", gettext_noop("Your objection waits for its answer already.")
        )
    due = workday_after(clock.today(), value_of(ANSWER_DAYS, card.community))
    objection = Objection.objects.create(card=card, text=words, made_at=clock.now(), due_on=due)
    journal.write(actor, "feedback.objected", card.pk, card.community_id, due=due.isoformat())
    announce(
        [
            Message(
                "feedback-objected",
                organisation_id=card.community_id,
                about=card.pk,
                facts={"name": card.person.name, "number": card.number_text},
            )
        ]
    )
    return objection


@command
def answer_objection(actor: Actor, *, objection_id: UUID, answer: str) -> Objection:
    """Answer an objection, once; a wrong card is withdrawn beside it."""
    words = check_answer(answer)
    objection = lock(desk_objections(actor), objection_id)
    card = objection.card
    check_other(card.person_id, actor.person_id)
    check_unanswered(objection.answered_by)
    objection.answer, objection.answered_by, objection.answered_at = words, actor.name, clock.now()
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    journal.write(actor, "feedback.answered", card.pk, card.community_id)
    announce(
        [
            Message(
                "feedback-answered",
                person_id=card.person_id,
                about=card.pk,
                facts={"community": card.community.name, "number": card.number_text},
            )
        ]
    )
    return objection

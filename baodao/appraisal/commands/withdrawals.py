"""Signed cards taken back: withdrawn with a reason, or drawn up again since records changed."""

from uuid import UUID

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards, live_cards
from baodao.appraisal.queries.changes import changes_of
from baodao.appraisal.queries.readings import READ, read_records
from baodao.appraisal.queries.subjects import CardPeriod, subjects
from baodao.appraisal.rules.life import CARD, OUT, REDRAWN, CardState
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.documents.commands import revoke
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.tree import standing_of


@command
def withdraw_card(actor: Actor, *, card_id: UUID, reason: str) -> FeedbackCard:
    """Take a signed card back; its paper verifies no longer, unit and person read the reason.

    One that the unit has read is replaced: a new draft with the same words takes its place.
    """
    words = check_reason(reason)
    card = lock(desk_cards(actor, Permission.FEEDBACK_SIGN), card_id)
    CARD.check(card.state, *OUT)
    was_read = card.state == CardState.READ
    _take_back(actor, card, words)
    if was_read:
        _replace(actor, card)
    return card


@command
def draw_up_again(actor: Actor, *, card_id: UUID) -> FeedbackCard:
    """Take back a signed card whose records have changed since, and make the draft that says what
    they say now, with the same line; signed, it gets a number of its own. Returns the draft."""
    card = lock(desk_cards(actor, Permission.FEEDBACK_SIGN), card_id)
    CARD.check(card.state, *OUT)
    if not changes_of([card])[card.pk].any:
        raise Refused(
            "card.unchanged",
            gettext_noop("The records say what this card says; there is nothing to draw up again."),
        )
    _take_back(actor, card, REDRAWN)
    return _replace(actor, card)


def _take_back(actor: Actor, card: FeedbackCard, words: str) -> None:
    """The card counts no longer; unit and person read why."""
    card.state, card.withdrawn_reason = CardState.WITHDRAWN, words
    card.withdrawn_by, card.withdrawn_at = actor.name, clock.now()
    card.save(update_fields=["state", "withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    revoke(about=card.pk, form=FEEDBACK_CARD.code)
    journal.write(actor, "feedback.withdrawn", card.pk, card.community_id, reason=words)
    facts = {"community": card.community.name, "number": card.number_text, "reason": words}
    facts["name"] = card.person.name
    announce(
        [
            Message("feedback-withdrawn", person_id=card.person_id, about=card.pk, facts=facts),
            Message(
                "feedback-taken-back", organisation_id=card.unit_id, about=card.pk, facts=facts
            ),
        ]
    )


def _replace(actor: Actor, card: FeedbackCard) -> FeedbackCard:
    """A draft in the place of a withdrawn card, of the community that does its work now; none where
    that has a card about the same already, which is returned."""
    community = standing_of(card.community)
    same = live_cards(community, card.year, card.occasion).filter(person=card.person_id).first()
    if same is not None:
        return same
    draft = FeedbackCard.objects.create(
        community=community,
        person=card.person,
        branch=card.branch,
        unit=card.unit,
        year=card.year,
        occasion=card.occasion,
        since=card.since,
        until=card.until,
        as_of=clock.now(),
        judgement=card.judgement,
        judged_by=card.judged_by,
        replaces=card,
    )
    period = CardPeriod(card.since, card.until)
    people = subjects(actor, community, period, [card.person_id])
    read_records(community, [draft], people, draft.as_of)
    draft.save(update_fields=READ)
    journal.write(actor, "feedback.drafted", draft.pk, draft.community_id)
    return draft

"""One card: its ticks and the records behind them, and what community and unit do with it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.appraisal.commands import drafts, objections, opinions, withdrawals
from baodao.appraisal.commands.drafts import CardEvent
from baodao.appraisal.forms import (
    EventForm,
    ObjectionAnswerForm,
    OpinionForm,
    WithdrawForm,
)
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import (
    Side,
    card_of,
    desk_cards,
    desk_objections,
    lines_aside,
    objections_of,
    received_cards,
    side_of,
    ticked_records,
    timeline,
)
from baodao.appraisal.queries.changes import CardChanges, changes_of
from baodao.appraisal.rules.life import CARD, OUT, CardState, check_first_opinion, check_unanswered
from baodao.appraisal.tables.changes import change_table
from baodao.appraisal.tables.records import heading, records_table
from baodao.appraisal.tables.words import boxes_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.queries.tree import standing_of
from baodao.ui.follow_ups import follow_ups_of
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import time_words

PHONE, DESK = "ui/phone.html", "ui/base.html"


def _base(side: Side) -> str:
    """A member reads on the phone's page, everybody else on the desk's."""
    return PHONE if side == Side.OWN else DESK


@reading
def card(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """The card with its ticks, the records beneath, and what happened to it."""
    row = card_of(request.actor, card_id)
    side = side_of(request.actor, row)
    context = {
        "base": _base(side),
        "card": row,
        "side": side.value,
        "duration": time_words(row.minutes),
        "kinds": boxes_of(row, "kinds"),
        "ways": boxes_of(row, "ways"),
        "records": records_table(row, ticked_records(row), side),
        "changes": change_table(row, changes_of([row]).get(row.pk, CardChanges())),
        "items": timeline(row) if side == Side.COMMUNITY else [],
        "lines_aside": lines_aside([row]).get(row.pk, []) if side == Side.COMMUNITY else [],
    }
    return render(request, "appraisal/card.html", context | _acts(request.actor, row, side))


def _acts(actor: Actor, card: FeedbackCard, side: Side) -> dict[str, object]:
    """What can be done with the card now, what was made of it, and the objections to be read."""
    out = card.state in OUT
    may_sign = actor.may(Permission.FEEDBACK_SIGN, card.community.path)
    may_answer = actor.may(Permission.FEEDBACK_ANSWER, card.branch.path)
    inside = side in (Side.COMMUNITY, Side.OWN)
    return {
        "follow_up": follow_ups_of(actor, "card", [card.pk]).get(card.pk),
        "may_print": out and side != Side.OVERVIEW,
        "may_withdraw": out and may_sign,
        "may_read": side == Side.UNIT and card.state == CardState.SIGNED,
        "may_opine": out and may_answer and not card.opinion,
        "may_add_event": side == Side.COMMUNITY,
        "may_answer": may_sign,
        "objections": list(objections_of(card)) if inside else [],
    }


@reading
def ticked(request: ActorRequest, card_id: UUID, what: str, option: str) -> HttpResponse:
    """The records behind one tick, as they stood when the card was read from them."""
    row = card_of(request.actor, card_id)
    side = side_of(request.actor, row)
    context = {
        "base": _base(side),
        "card": row,
        "headline": heading(row, what, option) if what in ("kinds", "ways") else "",
        "records": records_table(row, ticked_records(row, what, option), side),
    }
    return render(request, "appraisal/ticked.html", context)


def _card_in(request: ActorRequest, card_id: UUID, permission: Permission) -> FeedbackCard:
    """A community's card on which the actor holds `permission`. Raises `Absent`."""
    row = desk_cards(request.actor, permission).filter(pk=card_id).first()
    if row is None:
        raise Absent("card")
    return row


@asking
def withdraw(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Take a signed card back with a reason."""
    row = _card_in(request, card_id, Permission.FEEDBACK_SIGN)
    page = question(
        bound(request, WithdrawForm),
        gettext("Withdraw the card of %(name)s") % {"name": row.person.name},
        gettext("Withdraw this card"),
        gettext(
            "Its code verifies no longer. If the unit has read it, a new draft takes its place."
        ),
    ).while_open(CARD.check, row.state, *OUT)
    act = partial(withdrawals.withdraw_card, card_id=card_id)
    to = reverse("appraisal:card", args=[card_id])
    return submit(request, act, to=to, message=gettext("Withdrawn."), page=page)


@writing
def again(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Draw a signed card up again from the records as they are now."""

    def page(draft: FeedbackCard) -> str:
        return reverse("appraisal:card", args=[draft.pk])

    act = partial(withdrawals.draw_up_again, card_id=card_id)
    message = gettext("The draft says what the records say now. Read it, then sign it.")
    return submit(request, act, to=page, message=message)


@asking
def event(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Another card about the same member, for an important event."""
    # no end: a member may have a card for each event
    row = _card_in(request, card_id, Permission.FEEDBACK_DRAFT)
    page = question(
        bound(request, EventForm),
        gettext("A card about %(name)s for an important event") % {"name": row.person.name},
        gettext("Make the draft"),
        gettext("Beside the yearly card; its ticks are set from the records of these days."),
    )
    act, to = partial(_draft_event, row), reverse("appraisal:cards")
    return submit(request, act, to=to, message=gettext("The draft is made."), page=page)


def _draft_event(card: FeedbackCard, actor: Actor, **typed: object) -> None:
    drafts.draft_event(
        actor,
        community_id=standing_of(card.community).pk,
        person_id=card.person_id,
        event=CardEvent(**typed),  # type: ignore[arg-type]
    )


@asking
def opinion(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """The opinion of the unit, once."""
    row = received_cards(request.actor, Permission.FEEDBACK_ANSWER).filter(pk=card_id).first()
    if row is None:
        raise Absent("card")
    page = question(
        bound(request, OpinionForm),
        gettext("Opinion of the unit on the card of %(name)s") % {"name": row.person.name},
        gettext("Give the opinion"),
        gettext("It is given once and goes back to the community; the member reads it too."),
    ).while_open(check_first_opinion, row.opinion_by)
    act = partial(opinions.give_opinion, card_id=card_id)
    message = gettext("The opinion is given. Community and member have been told.")
    to = reverse("appraisal:card", args=[card_id])
    return submit(request, act, to=to, message=message, page=page)


@asking
def answer(request: ActorRequest, objection_id: UUID) -> HttpResponse:
    """The community's answer to an objection."""
    objection = desk_objections(request.actor).filter(pk=objection_id).first()
    if objection is None:
        raise Absent("objection")
    page = question(
        bound(request, ObjectionAnswerForm),
        gettext("Answer the objection of %(name)s") % {"name": objection.card.person.name},
        gettext("Answer"),
        objection.text,
        [(gettext("To be answered by"), objection.due_on)],
    ).while_open(check_unanswered, objection.answered_by)
    act = partial(objections.answer_objection, objection_id=objection_id)
    to = reverse("appraisal:card", args=[objection.card_id])
    return submit(request, act, to=to, message=gettext("Answered."), page=page)

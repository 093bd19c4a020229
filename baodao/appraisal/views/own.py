"""A member's own cards in plain words, and the way to object."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.appraisal.commands import objections
from baodao.appraisal.forms import ObjectionForm
from baodao.appraisal.queries.cards import own_cards
from baodao.appraisal.rules.life import CARD, OUT
from baodao.appraisal.rules.policies import ANSWER_DAYS
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """What communities said of me, each tick and number opening to its records."""
    rows = own_cards(request.actor).prefetch_related("objections")
    return render(request, "appraisal/own.html", {"cards": rows})


@asking
@member_only
def object_to(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Say what is wrong on one's own card."""
    card = own_cards(request.actor).filter(pk=card_id).first()
    if card is None:
        raise Absent("card")
    page = phone_question(
        bound(request, ObjectionForm),
        gettext("Object to this card"),
        gettext("Send the objection"),
        _answered_within(card.community),
    ).while_open(CARD.check, card.state, *OUT)
    act = partial(objections.object_to, card_id=card_id)
    message = gettext("Sent. You will be told when it is answered.")
    return submit(request, act, to=reverse("appraisal:own"), message=message, page=page)


def _answered_within(community: Organisation) -> str:
    time = values_at(community.path).words(ANSWER_DAYS)
    return gettext("%(community)s answers within %(time)s.") % {
        "community": community.name,
        "time": time,
    }

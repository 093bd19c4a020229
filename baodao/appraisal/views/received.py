"""The unit's cards: those not yet read first, read by opening, one or many."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.appraisal.commands import opinions
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.appraisal.views.listings import changed_in, received_listing
from baodao.appraisal.views.scope import unit_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def received(request: ActorRequest) -> HttpResponse:
    """Cards of the unit's or branch's members."""
    place = unit_of(request)
    rows = received_cards(request.actor).filter(branch__path__startswith=place.path)
    context = {
        "place": place,
        "unread": rows.filter(state=CardState.SIGNED).count(),
        "may_read": request.actor.may(Permission.FEEDBACK_RECEIVE, place.path),
    }
    listing = received_listing(request, place)
    context["changed"] = changed_in(listing)
    return listing.response("appraisal/received.html", context)


@writing
def read(request: ActorRequest) -> HttpResponse:
    """Open one card, or mark the ticked as read."""
    if not request.actor.may_somewhere(Permission.FEEDBACK_RECEIVE):
        raise Absent("card")
    if opened := ids_of(request, "open"):
        act = partial(opinions.read_cards, card_ids=opened)
        return submit(request, act, to=reverse("appraisal:card", args=[opened[0]]))
    act = partial(_mark_read, ids_of(request))
    return submit(request, act, to=reverse("appraisal:received"), message=_marked)


def _mark_read(ticked: list[UUID], actor: Actor) -> list[FeedbackCard]:
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    return opinions.read_cards(actor, card_ids=ticked)


def _marked(cards: list[FeedbackCard]) -> str:
    return ngettext(
        "%(count)s card is marked as read.", "%(count)s cards are marked as read.", len(cards)
    ) % {"count": len(cards)}

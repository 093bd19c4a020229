"""The unit's cards: those not yet read first, read by opening, one or many."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.appraisal.commands import opinions
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.appraisal.views.acting import unit_of
from baodao.appraisal.views.listings import received_listing
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest


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
    return received_listing(request, place).response("appraisal/received.html", context)


@writing
def read(request: ActorRequest) -> HttpResponse:
    """Open one card, or mark the ticked as read."""
    if not request.actor.may_somewhere(Permission.FEEDBACK_RECEIVE):
        raise Absent("card")
    opened = ids_of(request, "open")
    chosen = opened or ids_of(request)

    def act(actor: Actor) -> str:
        return _read(request, actor, chosen, opened=bool(opened))

    return send(request, act, to=reverse("appraisal:received"), said="")


def _read(request: ActorRequest, actor: Actor, chosen: list[UUID], *, opened: bool) -> str:
    """Where to go after reading."""
    if not chosen:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    fresh = opinions.read_cards(actor, card_ids=chosen)
    if opened:
        return reverse("appraisal:card", args=[chosen[0]])
    said = ngettext(
        "%(count)s card is marked as read.", "%(count)s cards are marked as read.", len(fresh)
    )
    messages.success(request, said % {"count": len(fresh)})
    return reverse("appraisal:received")

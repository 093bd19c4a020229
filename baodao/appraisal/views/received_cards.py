"""The unit's cards: those not yet read first, and the act of marking them as read."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.appraisal.commands import opinions
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.appraisal.views.listings import changed_in, limited, received_listing
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.requests import acting_unit_or_branch
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def received(request: ActorRequest) -> HttpResponse:
    """Cards of the unit's or branch's members."""
    place = acting_unit_or_branch(request, Permission.FEEDBACK_READ)
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
    """Mark as read the card that is open, the ticked, or all of the list."""
    if not request.actor.may_somewhere(Permission.FEEDBACK_RECEIVE):
        raise Absent("card")
    opened = ids_of(request, "card")
    to = reverse("appraisal:card", args=opened[:1]) if opened else reverse("appraisal:received")
    act = partial(_mark_read, opened or _ticked(request))
    return submit(request, act, to=to, message=_marked)


def _ticked(request: ActorRequest) -> list[UUID]:
    """The ticked cards, or all of the list as it is searched and filtered."""
    if "all" not in request.POST:
        return ids_of(request)
    place = acting_unit_or_branch(request, Permission.FEEDBACK_RECEIVE)
    rows = received_listing(request, place).ordered_rows.filter(state=CardState.SIGNED)
    return [card.pk for card in limited(list(rows))]


def _mark_read(ticked: list[UUID], actor: Actor) -> Batch[FeedbackCard]:
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    return opinions.read_cards(actor, card_ids=ticked)


def _marked(count: int) -> str:
    return ngettext(
        "%(count)s card is marked as read.", "%(count)s cards are marked as read.", count
    ) % {"count": count}

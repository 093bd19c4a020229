"""Words to the people of an offer, and asking those to whom it fits."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.agenda.commands import messages as commands
from baodao.agenda.forms import WordsForm
from baodao.agenda.queries.candidates import candidates, talents_to_ask
from baodao.claims.queries.places import seated_of
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_of
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.ui.guards import asking, choosing, ids_of, person_words, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@asking
def write(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Send a few words to everybody who has a place."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    page = question(
        bound(request, WordsForm),
        gettext("Write to the people of “%(title)s”") % {"title": offer.title},
        gettext("Send"),
        gettext("Everybody who has a place reads it; in quiet hours it arrives in the morning."),
    )
    act, to = partial(commands.write_to, offer_id=offer.pk), _offer(offer.pk)
    page = page.while_open(OFFER.check, offer.state, OfferState.PUBLISHED)
    return submit(request, act, to=to, message=sent, page=page)


def _offer(offer_id: UUID) -> str:
    return reverse("offers:offer", args=[offer_id])


def sent(count: int) -> str:
    """What is said after words were sent."""
    message = ngettext("Sent to %(count)s person.", "Sent to %(count)s persons.", count)
    return message % {"count": count}


@choosing
def invite(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Whom it fits. While somebody is looked for, the ticks stay as they are."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    context = _candidates(request, offer)
    if request.method == "POST":
        return render(request, "agenda/invite.html", context)
    page = FormPage(bound(request, Form), "agenda/invite.html", context)
    page = page.while_open(commands.check_asking, offer)
    act = partial(commands.ask, offer_id=offer_id, person_ids=())
    return submit(request, act, to=_offer(offer.pk), message=invited, page=page)


def _candidates(request: ActorRequest, offer: Offer) -> dict[str, object]:
    """Of those who are told, the first few are ticked who know about it, or if nobody does whom it
    fits; what somebody ticked while they looked for others stays."""
    words, ticked = person_words(request), set(ids_of(request))
    choice = candidates(request.actor, offer, words, ticked=ticked)
    if request.method != "POST":
        readers = [row for row in choice.members if choice.tells(row)]
        first = [row for row in readers if row.knows] or readers
        ticked = {row.registration.person_id for row in first[: commands.MOST]}
    return {
        "offer": offer,
        "words": words,
        "ticked": ticked,
        "most": commands.MOST,
        "free": max(0, offer.places - seated_of(offer)),
        "choice": choice,
        "talents": talents_to_ask(request.actor, offer),
    }


@writing
def ask(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Ask the ticked."""
    if not request.actor.may_somewhere(Permission.OFFER_EDIT):
        raise Absent("offer")
    act = partial(commands.ask, offer_id=offer_id, person_ids=ids_of(request))
    to = reverse("agenda:invite", args=[offer_id])
    return submit(request, act, to=to, message=invited)


def invited(count: int) -> str:
    """What is said after people were asked."""
    message = ngettext(
        "%(count)s person was asked; whoever likes claims it.",
        "%(count)s persons were asked; whoever likes claims it.",
        count,
    )
    return message % {"count": count}

"""A service: its page for members, its poster, and stating it from what one took on."""

from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.agenda.commands.services import check_statable, read_contact, state_claim
from baodao.agenda.documents import poster_of
from baodao.agenda.queries.claims import own_claim, own_claims
from baodao.agenda.queries.openings import own_community, service_of
from baodao.agenda.queries.series import series_beside
from baodao.agenda.queries.suggestions import fit_of
from baodao.claims.models import Claim
from baodao.claims.rules.lives import CLAIM, SERVING
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.needs.commands.contacts import AskerContact
from baodao.offers.queries.offers import offer_of
from baodao.offers.rules.offers import is_open
from baodao.statements.models import Statement
from baodao.statements.queries.statements import same_day
from baodao.ui.forms import AnotherForm
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, submit


@reading
@member_only
def show(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """All that a member wants to know of it, and the one next step: claim it, or go on."""
    offer = service_of(request.actor, offer_id)
    context = {
        "offer": offer,
        "row": own_claims(request.actor).filter(offer=offer).first(),
        "fit": fit_of(request.actor, offer),
        "registered": own_community(request.actor).registration is not None,
        "own": series_beside(request.actor, offer),
    }
    return render(request, "agenda/service.html", context)


@reading
def poster(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The sheet for the notice board, whose code leads to the page for members; none of what nobody
    can claim any more."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_READ)
    if not is_open(offer.state, offer.starts_at, clock.now()):
        raise Absent("offer")
    path = reverse("agenda:service", args=[offer.pk])
    return paper_download(request, poster_of(offer, f"{settings.PUBLIC_URL}{path}"))


@asking
@member_only
def state(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """One tap; asked about where something of the same day is told already."""
    claim = own_claim(request.actor, claim_id)
    page = _page(request, claim).while_open(check_statable, claim, request.actor.person_id)

    def act(actor: Actor, **_: object) -> Statement:
        return state_claim(actor, claim_id=claim_id)

    message = gettext("Sent. The community confirms it.")
    return submit(request, act, to=reverse("statements:own"), message=message, page=page)


def _page(request: ActorRequest, claim: Claim) -> FormPage:
    form = bound(request, AnotherForm)
    day = clock.day_of(claim.offer.starts_at)
    form.ask(same_day(request.actor, day) if day else ())
    return phone_question(
        form,
        gettext("Send “%(title)s”?") % {"title": claim.offer.title},
        gettext("Send to the community"),
        gettext("The community confirms it; until then it does not count."),
    )


@asking
@member_only
@never_cache
def contact(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Ask once; the page that answers shows, to who has taken it on, whom it is for."""
    claim = own_claim(request.actor, claim_id)
    page = _contact_page(request, claim).while_open(CLAIM.check, claim.state, *SERVING)

    def act(actor: Actor, **_: object) -> AskerContact:
        return read_contact(actor, claim_id=claim.pk)

    def answer(asker: AskerContact) -> HttpResponse:
        return render(request, "agenda/contact.html", {"asker": asker, "offer": claim.offer})

    to, message = reverse("agenda:own"), gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=to, message=message, page=page, answer=answer)


def _contact_page(request: ActorRequest, claim: Claim) -> FormPage:
    return phone_question(
        bound(request, Form),
        gettext("Whom “%(title)s” is for") % {"title": claim.offer.title},
        gettext("Show"),
        gettext("Only for this visit. That you read it is written down."),
    )

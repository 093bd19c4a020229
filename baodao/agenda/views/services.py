"""A service that a member states from what they took on."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.commands.services import state_claim
from baodao.agenda.queries.claims import own_claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.models import Claim
from baodao.statements.models import Statement
from baodao.statements.queries.statements import same_day
from baodao.ui.forms import AnotherForm
from baodao.ui.guards import asking, member_only
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, submit


@asking
@member_only
def state(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """One tap; asked about where something of the same day is told already."""
    page = _page(request, own_claim(request.actor, claim_id))

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

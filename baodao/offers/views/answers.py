"""From the page of a need to what answers it: a draft with one tap, or an offer that is there."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.needs.models import Need
from baodao.needs.queries.needs import need_of
from baodao.needs.rules.life import NEED, WAITING
from baodao.offers.commands.answers import draft_offer, match_offer
from baodao.offers.forms.answers import AnswerWithForm, KindForm
from baodao.offers.queries.answers import published_in
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

EXCERPT = 40


def _question(form: Form, need: Need, headline: str, label: str) -> FormPage:
    return question(form, headline, label, Truncator(need.text).chars(EXCERPT))


@asking
def draft(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """转为服务: one tap drafts a post or an activity and leads to its editor."""
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    form = bound(request, KindForm)
    page = _question(form, need, gettext("Make an offer of it"), gettext("Draft the offer"))
    page = page.while_open(NEED.check, need.state, *WAITING)
    return submit(
        request,
        partial(draft_offer, need_id=need.pk),
        to=lambda offer: reverse("offers:edit", args=[offer.pk]),
        page=page.beside(cancel=reverse("needs:need", args=[need.pk])),
    )


@asking
def answer(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Let an offer that is published already answer the need."""
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    form = bound(request, AnswerWithForm, offers=published_in(request.actor, need.community))
    page = _question(form, need, gettext("An offer answers it"), gettext("Answer with it"))
    act, to = partial(match_offer, need_id=need.pk), reverse("needs:need", args=[need.pk])
    message = gettext("The asker's page says so now.")
    page = page.while_open(NEED.check, need.state, *WAITING)
    return submit(request, act, to=to, message=message, page=page)

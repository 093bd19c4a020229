"""From the page of a need to what answers it: a draft with one tap, or an offer that is there."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.needs.models import Need
from baodao.needs.queries.needs import need_of
from baodao.offers.commands.answers import answer_with, draft_offer
from baodao.offers.forms.answers import AnswerWithForm, KindForm
from baodao.offers.queries.answers import published_in
from baodao.ui.guards import asking
from baodao.ui.questions import Question, asked, fresh, submitted
from baodao.ui.requests import ActorRequest


def _about(need: Need, headline: str, label: str) -> Question:
    back = reverse("needs:need", args=[need.pk])
    return Question(headline, label, back, Truncator(need.text).chars(40))


@asking
def draft(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """发成服务: one tap drafts a post or an activity and leads to its editor."""
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    form = fresh(request, KindForm)

    def act(actor: Actor) -> str:
        offer = draft_offer(actor, need_id=need.pk, kind=form.cleaned_data["kind"])
        return reverse("offers:edit", args=[offer.pk])

    question = _about(need, gettext("Make an offer of it"), gettext("Draft the offer"))
    return submitted(request, form, act, question)


@asking
def answer(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Let an offer that is published already answer the need."""
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    form = fresh(request, AnswerWithForm, offers=published_in(request.actor, need.community))
    question = _about(need, gettext("An offer answers it"), gettext("Answer with it"))
    write = partial(answer_with, need_id=need.pk)
    return asked(request, form, question, write, gettext("The asker's page says so now."))

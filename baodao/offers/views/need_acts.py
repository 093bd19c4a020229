"""What is done with a need: screened, put right, merged, closed, offered, called about."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.queries.categories import categories_of
from baodao.offers.commands import needs as commands
from baodao.offers.commands.need_offers import answer_with, draft_offer
from baodao.offers.commands.residents import unmask_asker
from baodao.offers.forms.needs import (
    AnswerWithForm,
    CloseNeedForm,
    KindForm,
    NumberReasonForm,
    ScreenForm,
)
from baodao.offers.models import Need
from baodao.offers.queries.needs import need_of, needs, similar_to
from baodao.offers.queries.offered import published_in
from baodao.offers.views.asking import taken
from baodao.ui.guards import asking, writing
from baodao.ui.posts import send
from baodao.ui.questions import Question, asked, fresh, sent
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


def _page_of(need: Need) -> str:
    return reverse("offers:need", args=[need.pk])


def _held(request: ActorRequest, need_id: UUID) -> Need:
    return need_of(request.actor, Permission.NEED_SCREEN, need_id)


def _excerpt(need: Need) -> str:
    return need.text if len(need.text) <= 40 else f"{need.text[:39]}…"


@asking
def screen(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Take the need on; category, urgency and place put right on the way."""
    need = _held(request, need_id)
    question = Question(
        gettext("Take the need on"), gettext("Take on"), _page_of(need), lead=_excerpt(need)
    )
    write = partial(commands.screen, need_id=need.pk)
    said = gettext("Taken on. The asker's page says so.")
    return asked(request, _about(request, need), question, write, said)


def _about(request: ActorRequest, need: Need) -> Form:
    known = {"category": need.category, "urgency": need.urgency, "place": need.place}
    return fresh(request, ScreenForm, initial=known, categories=categories_of(need.community))


@asking
def correct(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """What a need that was taken on is about, put right."""
    need = _held(request, need_id)
    question = Question(
        gettext("Put the need right"), gettext("Save"), _page_of(need), lead=_excerpt(need)
    )
    write = partial(commands.correct, need_id=need.pk)
    return asked(request, _about(request, need), question, write, gettext("Put right."))


@asking
def close(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Met, with one tap; or not met, with the reason."""
    need = _held(request, need_id)
    form = fresh(request, CloseNeedForm, initial={"met": request.GET.get("met", "")})
    question = Question(
        gettext("Close the need"), gettext("Close this need"), _page_of(need), lead=_excerpt(need)
    )
    write = partial(commands.close_need, need_id=need.pk)
    return asked(request, form, question, write, gettext("Closed. The asker's page says so."))


@writing
def reopen(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """A closed need waits for an offer again."""
    need = _held(request, need_id)
    write = partial(commands.reopen, need_id=need.pk)
    return sent(request, write, _page_of(need), gettext("It waits for an offer again."))


@asking
def merge(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Those that may ask the same, one button each; or another by its code."""
    need = _held(request, need_id)
    if request.method == "POST":
        into = _into(request)

        def act(actor: Actor) -> str:
            return _page_of(commands.merge(actor, need_id=need.pk, into_id=into))

        return send(request, act, to=request.path, said=gettext("Merged. Both follow this one."))
    context = {"need": need, "alike": similar_to([need]).get(need.pk, [])}
    return render(request, "offers/need_merge.html", context)


def _into(request: ActorRequest) -> UUID:
    """The main need: by its button or its code. One out of scope does not exist."""
    screened = needs(request.actor, Permission.NEED_SCREEN)
    code = request.POST.get("code", "").strip().upper()
    try:
        chosen = {"code": code} if code else {"pk": UUID(request.POST.get("into", ""))}
    except ValueError as error:
        raise Absent("need") from error
    found = screened.filter(**chosen).first()
    if found is None:
        raise Absent("need")
    return found.pk


@asking
def offer(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """发成服务: one tap drafts a post or an activity and leads to its editor."""
    need = _held(request, need_id)

    def act(actor: Actor) -> str:
        made = draft_offer(actor, need_id=need.pk, kind=form.cleaned_data["kind"])
        return reverse("offers:edit", args=[made.pk])

    form = fresh(request, KindForm)
    question = Question(
        gettext("Make an offer of it"), gettext("Draft the offer"), _page_of(need), _excerpt(need)
    )
    return taken(request, form, act, question)


@asking
def answer(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Let an offer that is published already answer the need."""
    need = _held(request, need_id)
    form = fresh(request, AnswerWithForm, offers=published_in(request.actor, need.community))
    question = Question(
        gettext("An offer answers it"), gettext("Answer with it"), _page_of(need), _excerpt(need)
    )
    write = partial(answer_with, need_id=need.pk)
    return asked(request, form, question, write, gettext("The asker's page says so now."))


@asking
@never_cache
def number(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the asker's telephone, once."""
    need, form = _held(request, need_id), fresh(request, NumberReasonForm)
    context = {"need": need, "form": form, "cancel": _page_of(need)}
    if form.is_valid():
        try:
            shown = unmask_asker(request.actor, need_id=need.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error("reason", worded(refused))
        else:
            return render(request, "offers/need_number.html", {**context, "number": shown})
    return render(request, "offers/need_unmask.html", context, status=422 if form.errors else 200)

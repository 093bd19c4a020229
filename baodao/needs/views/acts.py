"""What is done with a need: screened, put right, merged, closed, called about."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.needs.commands import needs as commands
from baodao.needs.commands.contacts import unmask_asker
from baodao.needs.commands.residents import note_answer
from baodao.needs.forms.needs import AskerWordForm, CloseNeedForm, ScreenForm
from baodao.needs.models import Need
from baodao.needs.queries.needs import need_of, needs, similar_to
from baodao.needs.rules.life import NEED, NeedState, check_answerable
from baodao.needs.views.needs import address_of
from baodao.ui.forms import PurposeForm
from baodao.ui.guards import asking, writing
from baodao.ui.interruptions import typed_before
from baodao.ui.numbers import number_page
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

EXCERPT = 40


def _screened(request: ActorRequest, need_id: UUID) -> Need:
    return need_of(request.actor, Permission.NEED_SCREEN, need_id)


def _question(form: Form, need: Need, headline: str, label: str) -> FormPage:
    return question(form, headline, label, Truncator(need.text).chars(EXCERPT))


def _about(request: ActorRequest, need: Need) -> Form:
    return bound(request, ScreenForm, categories=categories_of(need.community, need.category))


def _known(need: Need) -> dict[str, object]:
    return {"category": need.category, "urgency": need.urgency, "place": need.place}


@asking
def screen(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Take the need on; category, urgency and place put right on the way."""
    need = _screened(request, need_id)
    form = _about(request, need)
    page = _question(form, need, gettext("Take the need on"), gettext("Take on"))
    page = page.editing(need, _known)
    act = partial(commands.screen, need_id=need.pk)
    message = gettext("Taken on. The asker's page says so.")
    page = page.while_open(NEED.check, need.state, NeedState.COLLECTED)
    return submit(request, act, to=address_of(need), message=message, page=page)


@asking
def correct(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """What a need that was taken on is about, put right."""
    need = _screened(request, need_id)
    form = _about(request, need)
    page = _question(form, need, gettext("Put the need right"), gettext("Save"))
    page = page.editing(need, _known)
    act = partial(commands.edit, need_id=need.pk)
    page = page.while_open(NEED.check, need.state, NeedState.SCREENED, NeedState.OPEN)
    return submit(request, act, to=address_of(need), message=gettext("Put right."), page=page)


@asking
def close(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Met, with one tap; or not met, with the reason."""
    need = _screened(request, need_id)
    form = bound(request, CloseNeedForm, initial={"met": request.GET.get("met", "")})
    page = _question(form, need, gettext("Close the need"), gettext("Close this need"))
    act = partial(commands.close_need, need_id=need.pk)
    message = gettext("Closed. The asker's page says so.")
    page = page.while_open(NEED.move, need.state, NeedState.MET)
    return submit(request, act, to=address_of(need), message=message, page=page)


@asking
def word(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """What whoever asked says at the window or on the telephone."""
    need = _screened(request, need_id)
    page = _question(
        bound(request, AskerWordForm), need, gettext("The asker's own word"), gettext("Save")
    ).beside(cancel=address_of(need))
    act = partial(note_answer, need_id=need.pk)
    page = page.while_open(check_answerable, (need.merged_into or need).state, need.satisfied)
    return submit(request, act, to=address_of(need), message=gettext("Saved."), page=page)


@writing
def reopen(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """A closed need waits for an offer again."""
    need = _screened(request, need_id)
    act = partial(commands.reopen, need_id=need.pk)
    message = gettext("It waits for an offer again.")
    return submit(request, act, to=address_of(need), message=message)


@asking
def merge(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Those that may ask the same, one button each; or another by its code."""
    need = _screened(request, need_id)
    if request.method == "POST":
        act = partial(commands.merge, need_id=need.pk, into_id=_into(request))
        message = gettext("Merged. Both follow this one.")
        return submit(request, act, to=address_of, message=message)
    NEED.move(need.state, NeedState.MERGED)
    typed = typed_before(request)
    alike, code = similar_to([need]).get(need.pk, []), typed.get("code", "") if typed else ""
    context = {"need": need, "alike": alike, "code": code}
    return render(request, "needs/merge.html", context)


def _into(request: ActorRequest) -> UUID:
    """The main need: by its button or its code. One out of scope does not exist."""
    screened = needs(request.actor, Permission.NEED_SCREEN)
    code = request.POST.get("code", "").strip().upper()
    try:
        named = {"code": code} if code else {"pk": UUID(request.POST.get("into", ""))}
    except ValueError as error:
        raise Absent("need") from error
    need = screened.filter(**named).first()
    if need is None:
        raise Absent("need")
    return need.pk


@asking
@never_cache
def number(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the asker's telephone, once."""
    # no end: reading changes nothing; what was forgotten is said then
    need = _screened(request, need_id)
    act = partial(unmask_asker, need_id=need.pk)
    return number_page(request, bound(request, PurposeForm), need.asker, address_of(need), act)

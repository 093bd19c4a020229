"""Residents' own pages: ask for help, find a request by its code, say how it was; the poster."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel import quotas
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.needs.commands.contacts import withdraw_contact
from baodao.needs.commands.requests import request_help
from baodao.needs.commands.residents import answer_as_asker, renew_page, withdraw_asked
from baodao.needs.documents import poster_of
from baodao.needs.forms.menu import OrderForm
from baodao.needs.forms.residents import AskForm, FindAskedForm, RemarkForm
from baodao.needs.models import Need
from baodao.needs.queries.answers import answers
from baodao.needs.queries.menu import item_on_menu, menu_of
from baodao.needs.queries.residents import (
    asked_by_code,
    need_by_code,
    page_by_token,
    page_elsewhere,
    resident_page_of,
    successor_of,
)
from baodao.needs.rules.life import NEED, WAITING, AskerWord
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_community
from baodao.ui.follow_ups import follow_ups_of
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, visitor_question
from baodao.ui.wording import code_choices


@login_not_required
@asking
def ask(request: ActorRequest, page_token: str) -> HttpResponse:
    """A community's page for its residents: ask, see what is offered, find one's request."""
    # no end: the page of a closed community leads on
    community = page_by_token(page_token).community
    if community.closed_at is not None:
        return _closed(request, community)
    form = bound(request, AskForm, community=community)
    page = FormPage(form, "needs/resident.html", anonymous=True)
    page = page.beside(community=community, token=page_token, **_beside(community))

    def act(actor: Actor, **_: object) -> Need:
        quotas.check_entry("need.asked", request.META.get("REMOTE_ADDR", ""))
        return request_help(actor, token=page_token, facts=form.facts())

    return submit(request, act, to=_address_of, page=page)


def _beside(community: Organisation) -> dict[str, object]:
    """What else the page of a community has: its menu, what is offered, requests by their code."""
    announced = answers().announced(community)
    return {"menu": menu_of(community), "announced": announced, "find": FindAskedForm()}


@login_not_required
@asking
def order(request: ActorRequest, page_token: str, item_id: UUID) -> HttpResponse:
    """点单: one service of the menu, ordered without an account."""
    # no end: what is off the menu is not found
    community = page_by_token(page_token).community
    if community.closed_at is not None:
        return _closed(request, community)
    item = item_on_menu(community, item_id)
    form = bound(request, OrderForm, community=community, item=item)
    page = FormPage(form, "needs/resident_order.html", anonymous=True).beside(
        community=community, item=item, token=page_token
    )

    def act(actor: Actor, **_: object) -> Need:
        quotas.check_entry("need.asked", request.META.get("REMOTE_ADDR", ""))
        return request_help(actor, token=page_token, facts=form.facts())

    return submit(request, act, to=_address_of, page=page)


def _closed(request: ActorRequest, community: Organisation) -> HttpResponse:
    """An old poster leads on to who took over."""
    successor = successor_of(community)
    context = {
        "community": community,
        "successor": successor,
        "page": resident_page_of(successor) if successor else None,
        "find": FindAskedForm(),
    }
    return render(request, "needs/resident_closed.html", context)


def _address_of(need: Need) -> str:
    return reverse("needs:asked", args=[need.code])


@login_not_required
@reading
def find(request: ActorRequest) -> HttpResponse:
    """A request by its code, from the form of a community's page or from this page."""
    code = request.GET.get("code", "").strip()
    if code:
        try:
            return redirect("needs:asked", asked_by_code(code).need.code)
        except Absent:
            elsewhere = page_elsewhere(code)
            if elsewhere:
                return redirect(elsewhere)
            messages.error(
                request, gettext("There is nothing under this code. Check it letter by letter.")
            )
    return render(request, "needs/resident_find.html", {"find": FindAskedForm()})


@login_not_required
@reading
@never_cache
def own_request(request: ActorRequest, need_code: str) -> HttpResponse:
    """What became of a request, for whoever knows its code: no name, no telephone."""
    view = asked_by_code(need_code)
    context = {
        "view": view,
        "successor": successor_of(view.main.community),
        "follow_up": follow_ups_of(request.actor, "asked", [view.main.pk]).get(view.main.pk),
        "form": RemarkForm(),
        "words": code_choices(AskerWord),
    }
    return render(request, "needs/resident_asked.html", context)


@login_not_required
@writing
def answer(request: ActorRequest, need_code: str) -> HttpResponse:
    """满意, 基本满意, 还没解决: one tap, with a word beside it if they like."""
    need, form = need_by_code(need_code), RemarkForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    satisfied = request.POST.get("satisfied", "")
    act = partial(answer_as_asker, code=need.code, satisfied=satisfied, remark=remark)
    message = gettext("Thank you. The community reads it.")
    return submit(request, act, to=_address_of(need), message=message)


@login_not_required
@asking
@never_cache
def withdraw(request: ActorRequest, need_code: str) -> HttpResponse:
    """Whoever asked needs it no more; asked about once."""
    need = need_by_code(need_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Take this request back?"),
        gettext("I need it no more"),
        gettext("Nobody comes for it then. You can ask again at any time."),
    ).beside(cancel=_address_of(need))
    page = page.while_open(NEED.check, need.state, *WAITING)
    act = partial(withdraw_asked, code=need.code)
    message = gettext("Withdrawn. The community knows that nobody need come.")
    return submit(request, act, to=_address_of(need), message=message, page=page)


@login_not_required
@asking
@never_cache
def forget(request: ActorRequest, need_code: str) -> HttpResponse:
    """Name and telephone are taken back, once that was asked about."""
    # no end: what somebody left is theirs to delete at any time
    need = need_by_code(need_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Delete what you left?"),
        gettext("Delete the name and telephone I left"),
        gettext("They are deleted at once and cannot be brought back."),
    ).beside(cancel=_address_of(need))
    act = partial(withdraw_contact, code=need.code)
    message = gettext("Your name and telephone are deleted here.")
    return submit(request, act, to=_address_of(need), message=message, page=page)


@reading
def poster(request: ActorRequest) -> HttpResponse:
    """The community's page for residents: its address, its poster, and how to renew it."""
    community = acting_community(request, Permission.NEED_SCREEN)
    page = resident_page_of(community)
    path = reverse("needs:ask", args=[page.token]) if page else ""
    context = {"community": community, "page": page, "path": path, "site": settings.PUBLIC_URL}
    return render(request, "needs/resident_page.html", context)


@reading
def poster_file(request: ActorRequest) -> HttpResponse:
    """The sheet for the notice board."""
    community = acting_community(request, Permission.NEED_SCREEN)
    page = resident_page_of(community)
    if page is None:
        raise Absent("page")
    path = reverse("needs:ask", args=[page.token])
    return paper_download(request, poster_of(community, f"{settings.PUBLIC_URL}{path}"))


@writing
def renew(request: ActorRequest) -> HttpResponse:
    """Open the page, or give it a new address; the old poster leads nowhere then."""
    community = acting_community(request, Permission.NEED_SCREEN)
    act = partial(renew_page, community_id=community.pk)
    message = gettext("The residents' page has its address. Print the poster.")
    return submit(request, act, to=reverse("needs:poster"), message=message)

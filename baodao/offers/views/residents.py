"""Residents' own pages: ask for help, find a request by its code, say how it was; the poster."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.commands.asking import ask as ask_community
from baodao.offers.commands.residents import answer_asked, renew_page, withdraw_contact
from baodao.offers.documents import poster_of
from baodao.offers.forms.residents import AskForm, FindAskedForm, RemarkForm
from baodao.offers.queries.residents import (
    asked_by_code,
    offered_here,
    page_by_token,
    resident_page_of,
)
from baodao.offers.rules.needs import Word
from baodao.offers.views.asking import taken
from baodao.offers.views.places import community_for
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import download
from baodao.ui.posts import send
from baodao.ui.questions import Question, fresh
from baodao.ui.requests import ActorRequest

LIMIT, WINDOW = 10, 60 * 60
"""Requests from one address within an hour; a whole building may share one."""


def _address(request: ActorRequest) -> str:
    """Where the request came from. Behind the server that ends HTTPS it is what that one noted
    last; what a visitor wrote before it is not believed."""
    noted = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return noted.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _count(request: ActorRequest) -> None:
    """One more from this address, of which only a digest is kept for an hour."""
    told = f"{settings.SECRET_KEY}{_address(request)}"
    key = f"offers:asked:{hashlib.sha256(told.encode()).hexdigest()}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > LIMIT:
        raise Refused(
            "need.too-many",
            gettext_noop(
                "Too many requests from this connection. Wait an hour, or tell the community."
            ),
        )


@login_not_required
@asking
def ask(request: ActorRequest, page_token: str) -> HttpResponse:
    """A community's page for its residents: ask, see what is offered, find one's request."""
    community = page_by_token(page_token).community
    form = fresh(request, AskForm, community=community)

    def act(actor: Actor) -> str:
        _count(request)
        made = ask_community(actor, token=page_token, asked=form.asked())
        return reverse("offers:asked", args=[made.code])

    question = Question("", gettext("Send"), request.path, template="offers/resident.html")
    beside = {"community": community, "find": FindAskedForm(), "offers": offered_here(community)}
    return taken(request, form, act, question, beside=beside)


@login_not_required
@reading
def find(request: ActorRequest) -> HttpResponse:
    """A request by its code, from the form of a community's page or from this page."""
    code = request.GET.get("code", "").strip().upper()
    if code:
        try:
            return redirect("offers:asked", asked_by_code(code).need.code)
        except Absent:
            messages.error(
                request, gettext("There is nothing under this code. Check it letter by letter.")
            )
    return render(request, "offers/resident_find.html", {"find": FindAskedForm()})


@login_not_required
@reading
@never_cache
def asked(request: ActorRequest, need_code: str) -> HttpResponse:
    """What became of a request, for whoever knows its code: no name, no telephone."""
    context = {"view": asked_by_code(need_code), "form": RemarkForm(), "words": tuple(Word)}
    return render(request, "offers/resident_asked.html", context)


@login_not_required
@writing
def answer(request: ActorRequest, need_code: str) -> HttpResponse:
    """满意, 基本满意, 还没解决: one tap, with a word beside it if they like."""
    code, form = asked_by_code(need_code).need.code, RemarkForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""

    def act(actor: Actor) -> None:
        satisfied = request.POST.get("satisfied", "")
        answer_asked(actor, code=code, satisfied=satisfied, remark=remark)

    to = reverse("offers:asked", args=[code])
    return send(request, act, to=to, said=gettext("Thank you. The community reads it."))


@login_not_required
@writing
def forget(request: ActorRequest, need_code: str) -> HttpResponse:
    """Name and telephone are taken back with one tap."""
    code = asked_by_code(need_code).need.code

    def act(actor: Actor) -> None:
        withdraw_contact(actor, code=code)

    to = reverse("offers:asked", args=[code])
    return send(request, act, to=to, said=gettext("Your name and telephone are deleted here."))


@reading
def poster(request: ActorRequest) -> HttpResponse:
    """The community's page for residents: its address, its poster, and how to renew it."""
    community = community_for(request, Permission.NEED_SCREEN)
    page = resident_page_of(community)
    path = reverse("offers:ask", args=[page.token]) if page else ""
    context = {"community": community, "page": page, "path": path, "site": settings.PUBLIC_URL}
    return render(request, "offers/resident_page.html", context)


@reading
def poster_file(request: ActorRequest) -> HttpResponse:
    """The sheet for the notice board."""
    community = community_for(request, Permission.NEED_SCREEN)
    page = resident_page_of(community)
    if page is None:
        raise Absent("page")
    path = reverse("offers:ask", args=[page.token])
    return download(poster_of(community, f"{settings.PUBLIC_URL}{path}"))


@writing
def renew(request: ActorRequest) -> HttpResponse:
    """Open the page, or give it a new address; the old poster leads nowhere then."""
    community = community_for(request, Permission.NEED_SCREEN)

    def act(actor: Actor) -> None:
        renew_page(actor, community_id=community.pk)

    said = gettext("The residents' page has its address. Print the poster.")
    return send(request, act, to=reverse("offers:poster"), said=said)

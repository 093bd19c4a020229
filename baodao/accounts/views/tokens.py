"""Tokens for programs: one's own list, a new one whose secret is shown once, taking one back."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.accounts.commands.tokens import NewToken, TokenRequest, create_token, revoke_token
from baodao.accounts.forms import TokenForm
from baodao.accounts.models import ApiToken
from baodao.accounts.queries import givable_scopes, own_tokens, revocable_tokens, token_places
from baodao.accounts.rules import check_token_live
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import place_name
from baodao.ui.guards import asking, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def mine(request: ActorRequest) -> HttpResponse:
    """My tokens; absent for who could have none and has none."""
    tokens, may_make = list(own_tokens(request.actor)), bool(givable_scopes(request.actor))
    if not tokens and not may_make:
        raise Absent("token")
    return render(request, "accounts/tokens.html", {"tokens": tokens, "may_make": may_make})


@asking
@never_cache
def make(request: ActorRequest) -> HttpResponse:
    """A new token; the page that answers is the only place where its secret stands."""
    page = question(
        _form(request),
        _("New token"),
        _("Make the token"),
        _("A program with this token acts in your name. Give it no more than it needs."),
    )
    return submit(
        request,
        _make,
        to=reverse("accounts:tokens"),
        message=_("This token was made already; its secret is not shown again."),
        page=page,
        answer=lambda token: render(request, "accounts/token_made.html", {"made": token}),
    )


def _make(actor: Actor, **typed: Any) -> NewToken:
    order = TokenRequest(
        name=typed["name"],
        purpose=typed["purpose"],
        scopes=[Permission(scope) for scope in typed["scopes"]],
        organisation_id=typed["organisation"].pk,
        ends_on=typed["ends_on"],
    )
    return create_token(actor, request=order)


def _form(request: ActorRequest) -> TokenForm:
    scopes = givable_scopes(request.actor)
    if not scopes:
        raise Absent("token")
    known = {"organisation": place_name(request.acting)} if request.acting else {}
    # no edit: a token is made, and never changed
    return bound(
        request,
        TokenForm,
        scopes=scopes,
        find=Choices(token_places(request.actor)),
        initial=known,
    )


@asking
def revoke(request: ActorRequest, token_id: UUID) -> HttpResponse:
    """Ask once, then take it back; the program is refused at its next request."""
    token = revocable_tokens(request.actor).filter(pk=token_id).first()
    if token is None:
        raise Absent("token")
    mine = token.account_id == request.actor.account_id
    account = reverse("accounts:account", args=[token.account_id])
    return submit(
        request,
        partial(revoke_token, token_id=token_id),
        to=reverse("accounts:tokens") if mine else account,
        message=_("Revoked. The program is refused from now on."),
        page=_revocation(request, token),
    )


def _revocation(request: ActorRequest, token: ApiToken) -> FormPage:
    return question(
        bound(request, forms.Form),
        _("Revoke the token %(name)s?") % {"name": token.name},
        _("Revoke"),
        _("The program that uses it is refused at its next request, for good."),
        [(_("Beginning"), token.prefix), (_("What for?"), token.purpose)],
    ).while_open(partial(check_token_live, is_revoked=token.revoked_at is not None))

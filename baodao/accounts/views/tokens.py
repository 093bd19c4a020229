"""Tokens for programs: one's own list, a new one whose secret is shown once, taking one back."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from baodao.accounts.commands import Made, TokenRequest, create_token, revoke_token
from baodao.accounts.forms import TokenForm
from baodao.accounts.models import ApiToken
from baodao.accounts.queries import givable_scopes, own_tokens, revocable_tokens, token_places
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest

asking = require_http_methods(["GET", "POST"])


@require_GET
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
    form = _form(request)
    made: list[Made] = []
    if form.is_valid() and _made(request, form, made):
        if made:
            return render(request, "accounts/token_made.html", {"made": made[0]})
        messages.warning(request, _("This token was made already; its secret is not shown again."))
        return redirect("accounts:tokens")
    context = {
        "form": form,
        "headline": _("New token"),
        "lead": _("A program with this token acts in your name. Give it no more than it needs."),
        "label": _("Make the token"),
        "cancel": reverse("accounts:tokens"),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _form(request: ActorRequest) -> TokenForm:
    scopes = givable_scopes(request.actor)
    if not scopes:
        raise Absent("token")
    known = {"organisation": request.acting.code} if request.acting else {}
    return TokenForm(
        request.POST if request.method == "POST" else None,
        scopes=scopes,
        places=token_places(request.actor),
        initial=known,
    )


def _made(request: ActorRequest, form: TokenForm, made: list[Made]) -> bool:
    """Whether the token is there; `made` is filled the first time alone."""
    typed = dict(form.cleaned_data)
    wanted = TokenRequest(
        name=typed["name"],
        purpose=typed["purpose"],
        scopes=[Permission(scope) for scope in typed["scopes"]],
        organisation_id=typed["organisation"].pk,
        ends_on=typed["ends_on"],
    )

    def act(actor: Actor) -> None:
        made.append(create_token(actor, request=wanted))

    return kept(request, form, act, to=reverse("accounts:tokens"))


@asking
def revoke(request: ActorRequest, token_id: UUID) -> HttpResponse:
    """Ask once, then take it back; the program is refused at its next request."""
    token = revocable_tokens(request.actor).filter(pk=token_id).first()
    if token is None:
        raise Absent("token")
    back = reverse("accounts:tokens")
    if token.account_id != request.actor.account_id:
        back = reverse("accounts:account", args=[token.account_id])
    if request.method == "POST":
        said = _("Revoked. The program is refused from now on.")
        return send(request, _revoking(token_id), to=back, said=said)
    return render(request, "ui/confirm.html", _question(token, back))


def _revoking(token_id: UUID) -> Callable[[Actor], None]:
    def act(actor: Actor) -> None:
        revoke_token(actor, token_id=token_id)

    return act


def _question(token: ApiToken, back: str) -> dict[str, object]:
    return {
        "form": forms.Form(),
        "headline": _("Revoke the token %(name)s?") % {"name": token.name},
        "lead": _("The program that uses it is refused at its next request, for good."),
        "facts": [(_("Beginning"), token.prefix), (_("What for?"), token.purpose)],
        "label": _("Revoke"),
        "cancel": back,
    }

"""One's own account: for whom one acts, how pages look, what was granted, when it rests."""

from allauth.account import views as account_views
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from baodao.accounts.commands.accounts import change_preferences
from baodao.accounts.models import Account
from baodao.accounts.queries import ended_grants_of, givable_scopes, grants_of, needs_second_step
from baodao.kernel.errors import Absent
from baodao.ui.guards import writing
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import ACTING, MYSELF

YEAR = 365 * 24 * 60 * 60


@writing
def act_for(request: ActorRequest) -> HttpResponse:
    """Act for another of one's organisations from now on, or for oneself as a member."""
    choice = request.POST.get("grant", "")
    keys = {str(grant.pk) for grant in grants_of(_account(request))}
    if choice not in keys and not (choice == MYSELF and request.actor.person_id):
        raise Absent("grant")
    request.session[ACTING] = choice
    return redirect(settings.LOGIN_REDIRECT_URL)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; what pages kept in this browser for when there is no network is emptied with it."""
    response: HttpResponse = account_views.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"storage"'
    return response


@login_not_required
@writing
def preferences(request: ActorRequest) -> HttpResponse:
    """Language and large text: kept on the account, for visitors in a cookie."""
    language, large = request.POST.get("language"), request.POST.get("large_text")
    change_preferences(
        request.actor, language=language, large_text=large == "on" if large else None
    )
    response = _back(request)
    cookies = {"language": language if language in dict(settings.LANGUAGES) else None}
    cookies["large_text"] = large if large in ("on", "off") else None
    for name, value in cookies.items():
        if value:
            _keep(response, name, value)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    """A visitor's preference, for a year, as well guarded as the session."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)


def mine(request: ActorRequest) -> HttpResponse:
    """My account: what I was granted, password, second step."""
    account = _account(request)
    context = {
        "account": account,
        "grants": grants_of(account),
        "ended": ended_grants_of(account),
        "second_step": needs_second_step(request.actor),
        "has_password": account.has_usable_password(),
        "may_have_tokens": bool(givable_scopes(request.actor)),
    }
    return render(request, "accounts/mine.html", context)


@login_not_required
def locked_out(request: HttpRequest, *_ignored: object, **_more: object) -> HttpResponse:
    """Too many wrong passwords from here or for this name: try again in a quarter of an hour."""
    return render(request, "accounts/locked_out.html", status=429)


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Absent("account")
    return request.user


def _back(request: HttpRequest) -> HttpResponseRedirect:
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if safe and back else "/")

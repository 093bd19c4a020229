"""Who acts: one actor per request, sessions that end, and sign-in steps that cannot be skipped."""

from collections.abc import Callable, Sequence
from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils import translation
from django.utils.translation import gettext as _

from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import actor_with, grants_of, needs_second_step
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Role
from baodao.ui.interruptions import keep_typed
from baodao.ui.pages import page_of_form
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import ACTING, MYSELF, ONWARD, WAY, SignInWay

Answer = Callable[[HttpRequest], HttpResponse]

ALWAYS_OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "accounts:preferences",
        "notices:complaint",
        "notices:complaint_answer",
        "notices:off",
        "ui:help",
    }
)
SEEN_STEP = 60
PASSWORD_STEP = frozenset({"account_change_password", "account_set_password"})
SECOND_STEP = frozenset({"mfa_activate_totp", "mfa_reauthenticate"})
LAST_STEP = "mfa_view_recovery_codes"


class ActorMiddleware:
    """Sets who acts, freshly from the grants in force, and how the reader wants to read.

    Who signed in by a letter of introduction acts as that member alone: grants need a password.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast(ActorRequest, plain)
        request.typed_again = None
        over = _is_over(request)
        request.ended_account_id = request.user.pk if over else None
        if over:
            logout(request)
        account = request.user if isinstance(request.user, Account) else None
        _set_actor(request, account)
        with translation.override(_set_reading(request, account)):
            if over:
                messages.info(request, _("You were signed out after a pause. Sign in again."))
            request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """As Django's, but who sent a form is led back to the page on which it stood, and told that it
    was not saved; what was typed by whom we just signed out is kept for them."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        account_id = cast(ActorRequest, request).ended_account_id
        if account_id is not None and keep_typed(request, account_id):
            words = _("What you typed is not saved yet. It is there again when you have signed in.")
        else:
            words = _("What you sent was not saved. Sign in and send it again.")
        messages.warning(request, words)
        return redirect_to_login(page_of_form(request), self.get_login_url(view_func))


class SignInStepsMiddleware:
    """A one-time password is changed, and an administrator's second step set up, before anything
    else: every other page leads there, and they lead back to it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, plain: HttpRequest, *_view: object) -> HttpResponse | None:
        request = cast(ActorRequest, plain)
        account = request.user
        match: ResolverMatch | None = request.resolver_match
        name = match.view_name if match else ""
        if not isinstance(account, Account) or name in ALWAYS_OPEN or name.startswith("api:"):
            return None
        if request.session.get(WAY) is not None:
            return None
        if account.must_change_password:
            return None if name in PASSWORD_STEP else _step(request, "account_change_password")
        if needs_second_step(request.actor) and not _has_second_step(account):
            return None if name in SECOND_STEP else _step(request, "mfa_activate_totp")
        if name != LAST_STEP:
            request.session.pop(ONWARD, None)
        return None


def _step(request: ActorRequest, name: str) -> HttpResponse:
    """To a step of signing in, after which one goes where one was going."""
    request.session[ONWARD] = page_of_form(request)
    return redirect(name)


def _is_over(request: ActorRequest) -> bool:
    """Idle too long, or signed in too long ago; both counted from the session itself."""
    if not request.user.is_authenticated:
        return False
    now = int(clock.now().timestamp())
    began = request.session.setdefault("began", now)
    seen = request.session.get("seen", now)
    if now - seen > SEEN_STEP or "seen" not in request.session:
        request.session["seen"] = now
    idle = now - seen > settings.SESSION_IDLE_SECONDS
    return bool(idle or now - began > settings.SESSION_LIFE_SECONDS)


def _set_actor(request: ActorRequest, account: Account | None) -> None:
    """`actor` with all `grants` in force; `acting` and `acting_role` of the one chosen."""
    request.actor, request.acting, request.acting_role = NOBODY, None, None
    request.grants = ()
    if account is None:
        return
    by_letter = request.session.get(WAY) == SignInWay.LETTER
    request.grants = [] if by_letter else grants_of(account)
    request.actor = actor_with(account, request.grants)
    grant = _grant_for(request.grants, request.session.get(ACTING, ""))
    if grant is not None:
        request.acting, request.acting_role = grant.organisation, Role(grant.role)


def _grant_for(grants: Sequence[Grant], choice: str) -> Grant | None:
    """The grant chosen at the top of the page, else the first; none for oneself as a member."""
    if choice == MYSELF or not grants:
        return None
    return next((grant for grant in grants if str(grant.pk) == choice), grants[0])


def _set_reading(request: ActorRequest, account: Account | None) -> str:
    """Large text and language: the account's choice, else the visitor's cookies."""
    if account is not None:
        request.large_text = account.large_text
        return account.language
    request.large_text = request.COOKIES.get("large_text") == "on"
    language = request.COOKIES.get("language", "")
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _has_second_step(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())

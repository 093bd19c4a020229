"""Who acts: one actor per request, sessions that end, and sign-in steps that cannot be skipped."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY


class ActorMiddleware:
    """Sets `request.actor`, freshly from the grants in force, and the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._timed_out(request):
            logout(request)
        account = request.user
        request.actor = actor_of(account) if isinstance(account, Account) else NOBODY
        language = request.COOKIES.get("language", settings.LANGUAGE_CODE)
        if isinstance(account, Account):
            language = account.language
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)

    def _timed_out(self, request: HttpRequest) -> bool:
        """Idle too long, or signed in too long ago; both counted from the session itself."""
        if not request.user.is_authenticated:
            return False
        now = int(clock.now().timestamp())
        began = request.session.setdefault("began", now)
        seen = request.session.get("seen", now)
        if now - seen > 60 or "seen" not in request.session:
            request.session["seen"] = now
        idle = now - seen > settings.SESSION_IDLE_SECONDS
        return idle or now - began > settings.SESSION_LIFE_SECONDS

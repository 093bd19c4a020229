"""How allauth, axes and Django's sign-in fit this house: no sign-up, sealed secrets, lock-out
by two counts; who signed in is read by a statement that is written once.
"""

import base64
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.database import AxesDatabaseHandler
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.accounts.models import Account
from baodao.accounts.rules import repeats
from baodao.kernel import crypto
from baodao.kernel.prepared import Prepared
from baodao.ui.sessions import ONWARD, WAY

ADDRESS_PATIENCE = 4


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by units and administrators, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("This is not your password now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong passwords. Try again in five minutes."),
        "username_password_mismatch": _("The name or the password is wrong."),
        "rate_limited": _("Too many at once. Please wait a little."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """A password opens everything that a letter did not."""
        super().login(request, user)
        request.session.pop(WAY, None)

    def set_password(self, user: Account, password: str) -> None:
        """A password of one's own choice is no one-time password any more."""
        user.must_change_password, user.one_time_until = False, None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one was going when a one-time password stood in the way."""
        usual = super().get_password_change_redirect_url(request)
        return str(request.session.get(ONWARD, usual))

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The page that follows says it: no message beside it."""


class OwnWordsValidator:
    """No password of one's own choice that is hardly more than the name to sign in with, the name
    of its holder or their volunteer number, repeated, turned round or with a few signs added."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None:
            return
        words = [user.username, user.name, user.person.number if user.person else ""]
        if repeats(password, words):
            raise ValidationError(self.get_help_text(), code="password_repeats_login")

    def get_help_text(self) -> str:
        return gettext("The password must not repeat your name or the name you sign in with.")


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of one-time codes are sealed with the key ring, like identity numbers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong or was used before. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.ring().seal(text, "totp")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.ring().unseal(base64.b64decode(encrypted_text), "totp")


class Lockout(AxesDatabaseHandler):  # type: ignore[misc]
    """An account rests after the limit of wrong passwords, an address after four times as many:
    a whole office may share one address."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
        by_name, by_address = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        return int(max(by_name, by_address // ADDRESS_PATIENCE))


class AccountBackend(ModelBackend):
    """Names and passwords as Django checks them; a stopped account is nobody from now on."""

    def get_user(self, user_id: object) -> Account | None:
        """The account with this id that may sign in."""
        return _ACTIVE.first(UUID(str(user_id)))


def _active(key: UUID) -> QuerySet[Account]:
    return Account.objects.filter(pk=key, is_active=True)


_ACTIVE = Prepared(_active)

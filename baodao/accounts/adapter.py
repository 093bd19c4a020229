"""How allauth and axes fit this house: no sign-up, sealed secrets, and lock-out by two counts."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest

from baodao.kernel import crypto

ADDRESS_PATIENCE = 4


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by units and administrators, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The page that follows says it: no message beside it."""


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of one-time codes are sealed with the key ring, like identity numbers."""

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
        return max(by_name, by_address // ADDRESS_PATIENCE)

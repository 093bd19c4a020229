"""How allauth's pages fit this house: no sign-up, and everybody comes home after signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by units and administrators, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

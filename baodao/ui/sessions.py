"""Signing somebody in without a password: by their own letter, or by one click in the demo."""

from enum import StrEnum

from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser

from baodao.ui.requests import ActorRequest

WAY = "way"
ACTING = "acting"
MYSELF = "myself"
ONWARD = "onward"
"""In a session: where its reader was going when a step of signing in stood in the way."""
_BACKEND = "baodao.accounts.adapter.AccountBackend"


class SignInWay(StrEnum):
    """How a session began, when it was not with a password.

    A letter opens the member's own pages alone, whatever their account was granted. The demo
    asks for no second step.
    """

    DEMO = "demo"
    LETTER = "letter"


def sign_in(request: ActorRequest, account: AbstractBaseUser, way: SignInWay) -> None:
    """Begin a session of `account`; the caller has made sure that it is theirs."""
    login(request, account, backend=_BACKEND)  # type: ignore[arg-type]  # Account is above
    request.session[WAY] = way.value

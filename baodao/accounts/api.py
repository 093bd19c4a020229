"""Tokens at the door of the API, and who a token is."""

from typing import cast

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from baodao.accounts.adapter import ADDRESS_PATIENCE
from baodao.accounts.commands.tokens import note_use
from baodao.accounts.models import ApiToken
from baodao.accounts.queries import actor_by, token_by_digest
from baodao.accounts.rules import token_digest
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.tree import code_of
from baodao.ui.api import ApiRequest, Unknown, answers

router = Router(tags=[gettext_noop("Token")])


class Token(HttpBearer):
    """`Authorization: Bearer bd_…`, and nothing else: no cookie opens the API.

    Too many wrong tokens from one address, and it rests, as it does for signing in.
    """

    def __call__(self, plain: HttpRequest) -> ApiToken:
        request = cast(ApiRequest, plain)
        request.actor, request.acting, request.acting_role = NOBODY, None, None
        translation.activate(translation.get_language_from_request(request))
        address = f"wrong-tokens:{get_client_ip_address(request)}"
        wrong = int(cache.get(address, 0))
        if wrong >= settings.AXES_FAILURE_LIMIT * ADDRESS_PATIENCE:
            raise _too_many()
        scheme, _space, secret = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme or not secret:
            raise _missing()
        token = self.authenticate(request, secret)
        if token is None:
            cache.set(address, wrong + 1, settings.AXES_COOLOFF_TIME * 60 * 60)
            raise _wrong()
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token with this secret, its actor put on the request; None for a wrong one."""
        row = token_by_digest(token_digest(token))
        if row is None:
            return None
        actor = actor_by(row)
        if actor is None:
            raise _over()
        if row.last_used_on != clock.today():
            note_use(actor, token_id=row.pk)
        cast(ApiRequest, request).actor = actor
        return row


def _missing() -> Unknown:
    return Unknown(
        "token.missing",
        gettext_noop("Send a token: “Authorization: Bearer …”. Signing in does not open the API."),
    )


def _wrong() -> Unknown:
    return Unknown(
        "token.unknown", gettext_noop("There is no such token. Compare it, or make one.")
    )


def _over() -> Unknown:
    return Unknown(
        "token.over",
        gettext_noop("This token has ended or was revoked, or its account rests. Make a new one."),
    )


def _too_many() -> Unknown:
    return Unknown(
        "token.too-many-wrong",
        gettext_noop("Too many wrong tokens from this address. Wait a quarter of an hour."),
        429,
    )


class ScopeReach(Schema):
    """A scope that the token has now, and where."""

    scope: str
    organisations: list[str] = Field(
        description=gettext_noop("Codes of the outermost organisations; it holds below them too.")
    )


class Me(Schema):
    """Whose token this is and what it may do at this moment."""

    account: str = Field(description=gettext_noop("The name the account signs in with."))
    name: str = Field(description=gettext_noop("Whose account it is."))
    token: str = Field(description=gettext_noop("What the token is called."))
    prefix: str = Field(description=gettext_noop("The beginning by which people know it."))
    ends_on: str = Field(description=gettext_noop("Its last day."))
    organisation: str = Field(description=gettext_noop("Code of the organisation it is for."))
    scopes: list[ScopeReach]


@router.get("/me/", response=answers(Me), summary=gettext_noop("Who am I, and what may I do"))
def me(request: ApiRequest) -> Me:
    """What was withdrawn from the account is missing here at once."""
    token, actor = request.auth, request.actor
    grants = [
        ScopeReach(scope=one, organisations=[code_of(path) for path in actor.paths(one)])
        for one in sorted(token.permissions)
    ]
    return Me(
        account=token.account.username,
        name=token.account.name,
        token=token.name,
        prefix=token.prefix,
        ends_on=token.ends_on.isoformat(),
        organisation=token.organisation.code,
        scopes=[one for one in grants if one.organisations],
    )

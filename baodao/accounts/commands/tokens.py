"""Tokens with which programs act: made and revoked by the account they act for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from baodao.accounts.models import Account, ApiToken
from baodao.accounts.queries import (
    grants_in_force,
    live_tokens,
    revocable_tokens,
    token_places,
)
from baodao.accounts.rules import (
    SCOPES,
    check_token,
    check_token_holder,
    check_token_live,
    new_secret,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock


@dataclass(frozen=True)
class TokenRequest:
    """What a token is for, what it may do and where, and its last day."""

    name: str
    purpose: str
    scopes: Collection[Permission]
    organisation_id: int
    ends_on: date


@dataclass(frozen=True)
class NewToken:
    """A token and its secret, to be shown once; it is stored nowhere in clear."""

    token: ApiToken
    secret: str


@command
def create_token(actor: Actor, *, request: TokenRequest) -> NewToken:
    """Make a token for the actor's own account, with some of what the actor holds there.

    A token cannot make tokens, and nobody makes one for somebody else. The account's row is
    locked, so that two at once do not pass the limit together.
    """
    check_token(request.scopes, request.ends_on, clock.today())
    place = token_places(actor).filter(pk=request.organisation_id).first()
    if place is None or actor.account_id is None or not actor.reaches_own:
        raise Absent("organisation")
    account = lock(Account.objects.filter(is_active=True), actor.account_id)
    roles = [Role(one.role) for one in grants_in_force().filter(account=account)]
    check_token_holder(roles, live_tokens(account).count())
    for scope in sorted(request.scopes):
        if not actor.may(scope, place.path):
            raise Refused(
                "token.not-held",
                gettext_noop("You may not %(scope)s for %(place)s yourself, so no token can."),
                scope=SCOPES[scope],
                place=place.name,
            )
    secret = new_secret()
    token = ApiToken.objects.create(
        account=account,
        name=request.name.strip(),
        purpose=request.purpose.strip(),
        prefix=secret.prefix,
        digest=secret.digest,
        scopes=sorted(request.scopes),
        organisation=place,
        ends_on=request.ends_on,
    )
    journal.write(
        actor,
        "token.made",
        token.pk,
        place.pk,
        prefix=token.prefix,
        purpose=token.purpose,
        scopes=list(token.scopes),
        until=str(token.ends_on),
    )
    return NewToken(token, secret.text)


@command
def revoke_token(actor: Actor, *, token_id: UUID) -> ApiToken:
    """Take a token back: one's own, or in scope as the security administrator. It is refused at
    its next request."""
    token = lock(revocable_tokens(actor), token_id)
    check_token_live(is_revoked=token.revoked_at is not None)
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    journal.write(actor, "token.revoked", token.pk, token.organisation_id, prefix=token.prefix)
    return token


@command
def note_use(actor: Actor, *, token_id: UUID) -> None:
    """Keep the day on which a token was last used, not the hour: once a day."""
    today = clock.today()
    rows = ApiToken.objects.filter(pk=token_id, account=actor.account_id)
    rows.filter(Q(last_used_on=None) | Q(last_used_on__lt=today)).update(last_used_on=today)

"""Accounts and grants: the security administrator's work, which the audit administrator reads."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.accounts.commands.accounts import OneTime, create_account, reset_password, set_active
from baodao.accounts.commands.grants import confirm_grant, grant, revoke
from baodao.accounts.forms import AccountForm, GrantForm
from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import (
    accounts,
    grants,
    grants_to_confirm,
    grants_to_revoke,
    manageable_accounts,
    tokens_of,
)
from baodao.accounts.tables import accounts_spec, with_grants
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.errors import Absent
from baodao.kernel.journal import timeline
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import organisations, place_name
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def accounts_list(request: ActorRequest) -> HttpResponse:
    """Who can sign in, and what they hold."""
    if not request.actor.may_somewhere(Permission.ACCOUNT_READ):
        raise Absent("accounts")
    listing = Listing(with_grants(accounts(request.actor)), request, accounts_spec())
    may_create = request.actor.may_somewhere(Permission.ACCOUNT_GRANT)
    return listing.response("accounts/list.html", {"may_create": may_create})


@reading
def account(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """One account: what it holds and held, its tokens, and everything that happened to it."""
    row = _account(request.actor, account_id)
    granted = list(grants(request.actor).filter(account=row).order_by("revoked_at", "-granted_at"))
    tokens = list(tokens_of(request.actor, row))
    context = {
        "account": row,
        "grants": granted,
        "tokens": tokens,
        "entries": timeline(row.pk, *(one.pk for one in [*granted, *tokens])),
        "may_manage": row.pk != request.actor.account_id
        and manageable_accounts(request.actor).filter(pk=row.pk).exists(),
        "may_revoke_tokens": request.actor.may_somewhere(Permission.ACCOUNT_GRANT),
        "may_revoke": set(grants_to_revoke(request.actor).filter(account=row)),
        "may_confirm": set(grants_to_confirm(request.actor).filter(account=row)),
    }
    return render(request, "accounts/account.html", context)


@asking
@never_cache
def create(request: ActorRequest) -> HttpResponse:
    """A new account; its one-time password is shown once, on the page that answers, from which its
    first role is granted on the same organisation."""
    form = bound(request, AccountForm, find=_places(request.actor))
    return submit(
        request,
        _create,
        to=reverse("accounts:list"),
        message=_("This account was made already; its password is not shown again."),
        page=question(form, _("New account"), _("Create")),
        answer=lambda account: render(
            request,
            "accounts/passwords.html",
            {"made": [account], "granting": place_name(form.cleaned_data["organisation"])},
        ),
    )


def _create(actor: Actor, *, organisation: Organisation, **typed: Any) -> OneTime:
    return create_account(actor, organisation_id=organisation.pk, **typed)


@asking
def grant_role(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """A role for one account."""
    # no end: as long as it stands, an account may be given a role
    account = _managed(request.actor, account_id)
    named = {"organisation": request.GET.get("organisation", "")}
    # no edit: a new grant, beginning with the organisation for which the account was made
    form = bound(request, GrantForm, find=_places(request.actor), initial=named)
    return submit(
        request,
        partial(_grant, account),
        to=reverse("accounts:account", args=[account.pk]),
        message=_granted,
        page=question(form, _("Grant a role to %(name)s") % {"name": account.name}, _("Grant")),
    )


def _grant(account: Account, actor: Actor, *, organisation: Organisation, **typed: Any) -> Grant:
    role = Role(typed.pop("role"))
    return grant(actor, account_id=account.pk, role=role, organisation_id=organisation.pk, **typed)


def _granted(row: Grant) -> str:
    if row.confirmed_at is None:
        return _("Proposed. A second administrator confirms it in the register of switches.")
    return _("Granted.")


@asking
def revoke_role(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    """Take a grant back, with the reason."""
    # no end: a grant that was taken back is not found any more
    row = grants_to_revoke(request.actor).filter(pk=grant_id).first()
    if row is None:
        raise Absent("grant")
    return submit(
        request,
        partial(revoke, grant_id=grant_id),
        to=reverse("accounts:account", args=[row.account_id]),
        message=_("Taken back."),
        page=question(bound(request, ReasonForm), _("Take the role back"), _("Take back")),
    )


@writing
def confirm_role(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    """The second person lets an administrator's role hold."""
    act = partial(confirm_grant, grant_id=grant_id)
    message = _("Confirmed: the role holds from now on.")
    return submit(request, act, to=reverse("accounts:switches"), message=message)


@writing
@never_cache
def password(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """A new one-time password, shown once, on the page that answers."""
    return submit(
        request,
        partial(reset_password, account_id=account_id),
        to=reverse("accounts:account", args=[account_id]),
        message=_("This password was made already and is not shown again; make another."),
        answer=lambda account: render(request, "accounts/passwords.html", {"made": [account]}),
    )


@asking
def stop(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Stop an account, with the reason."""
    # no end: an account is stopped and started as often as need be
    message = _("The account is stopped.")
    return _activate(request, account_id, _("Stop the account"), message, active=False)


@asking
def start(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Let a stopped account sign in again, with the reason."""
    # no end: an account is stopped and started as often as need be
    message = _("The account can sign in again.")
    return _activate(request, account_id, _("Let it sign in again"), message, active=True)


def _activate(
    request: ActorRequest, account_id: UUID, label: str, message: str, *, active: bool
) -> HttpResponse:
    account = _managed(request.actor, account_id)
    return submit(
        request,
        partial(set_active, account_id=account_id, active=active),
        to=reverse("accounts:account", args=[account.pk]),
        message=message,
        page=question(bound(request, ReasonForm), f"{label}：{account.name}", label),
    )


def _account(actor: Actor, account_id: UUID) -> Account:
    row = accounts(actor).filter(pk=account_id).first()
    if row is None:
        raise Absent("account")
    return row


def _managed(actor: Actor, account_id: UUID) -> Account:
    row = manageable_accounts(actor).filter(pk=account_id).first()
    if row is None:
        raise Absent("account")
    return row


def _places(actor: Actor) -> Choices:
    if not actor.may_somewhere(Permission.ACCOUNT_GRANT):
        raise Absent("accounts")
    return Choices(organisations(actor, Permission.ACCOUNT_GRANT).filter(closed_at=None))

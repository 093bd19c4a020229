"""Accounts and grants: the security administrator's work, which the audit administrator reads."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baodao.accounts.commands import create_account, grant, renew_password, revoke, set_active
from baodao.accounts.forms import AccountForm, GrantForm, ReasonForm
from baodao.accounts.models import Account
from baodao.accounts.queries import accounts, grants, tokens_of
from baodao.accounts.tables import accounts_spec, with_grants
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.journal import timeline
from baodao.orgs.models import Organisation
from baodao.orgs.queries import organisations
from baodao.ui.listing import Listing
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

asking = require_http_methods(["GET", "POST"])


@require_GET
def accounts_list(request: ActorRequest) -> HttpResponse:
    """Who can sign in, and what they hold."""
    if not request.actor.may_somewhere(Permission.ACCOUNT_READ):
        raise Absent("accounts")
    listing = Listing(with_grants(accounts(request.actor)), request, accounts_spec())
    may_create = request.actor.may_somewhere(Permission.ACCOUNT_GRANT)
    return listing.response("accounts/list.html", {"may_create": may_create})


@require_GET
def account(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """One account: what it holds and held, its tokens, and everything that happened to it."""
    found = _found(request.actor, account_id)
    held = list(grants(request.actor).filter(account=found).order_by("revoked_at", "-granted_at"))
    tokens = list(tokens_of(request.actor, found))
    context = {
        "account": found,
        "grants": held,
        "tokens": tokens,
        "entries": timeline(found.pk, *(one.pk for one in [*held, *tokens])),
        "may_grant": request.actor.may_somewhere(Permission.ACCOUNT_GRANT)
        and found.pk != request.actor.account_id,
    }
    return render(request, "accounts/account.html", context)


@asking
@never_cache
def create(request: ActorRequest) -> HttpResponse:
    """A new account; its one-time password is shown once, on the page that answers."""
    form = AccountForm(request.POST or None, places=_places(request.actor))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = create_account(
                request.actor,
                username=typed["username"],
                name=typed["name"],
                organisation_id=typed["organisation"].pk,
            )
        except Refused as refused:
            form.add_error(None, worded(refused))
        else:
            return render(request, "accounts/passwords.html", {"made": [made], "granting": True})
    return _shown(request, form, _("New account"), _("Create"), reverse("accounts:list"))


@asking
def grant_role(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """A role for one account."""
    found = _found(request.actor, account_id)
    back = reverse("accounts:account", args=[found.pk])
    form = GrantForm(request.POST or None, places=_places(request.actor))
    if form.is_valid() and _granted(request, found, form, back):
        messages.success(request, _("Granted."))
        return redirect(back)
    headline = _("Grant a role to %(name)s") % {"name": found.name}
    return _shown(request, form, headline, _("Grant"), back)


def _granted(request: ActorRequest, found: Account, form: GrantForm, back: str) -> bool:
    typed = form.cleaned_data

    def act(actor: Actor) -> None:
        grant(
            actor,
            account_id=found.pk,
            role=Role(typed["role"]),
            organisation_id=typed["organisation"].pk,
            basis=typed["basis"],
            until_on=typed["until_on"],
        )

    return kept(request, form, act, to=back)


@asking
def revoke_role(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    """Take a grant back, with the reason."""
    held = grants(request.actor).filter(pk=grant_id, revoked_at=None).first()
    if held is None or not request.actor.may_somewhere(Permission.ACCOUNT_GRANT):
        raise Absent("grant")
    back = reverse("accounts:account", args=[held.account_id])
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return send(
            request,
            lambda actor: _nothing(revoke(actor, grant_id=grant_id, reason=reason)),
            to=back,
            said=_("Taken back."),
        )
    return _shown(request, form, _("Take the role back"), _("Take back"), back)


@require_POST
@never_cache
def password(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """A new one-time password, shown once, on the page that answers."""
    try:
        made = renew_password(request.actor, account_id=account_id)
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect("accounts:account", account_id)
    return render(request, "accounts/passwords.html", {"made": [made]})


@asking
def stop(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Stop an account, with the reason."""
    return _activated(request, account_id, active=False)


@asking
def start(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Let a stopped account sign in again, with the reason."""
    return _activated(request, account_id, active=True)


def _activated(request: ActorRequest, account_id: UUID, *, active: bool) -> HttpResponse:
    found = _found(request.actor, account_id)
    back = reverse("accounts:account", args=[found.pk])
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return send(
            request,
            lambda actor: _nothing(
                set_active(actor, account_id=account_id, active=active, reason=reason)
            ),
            to=back,
            said=_("The account can sign in again.") if active else _("The account is stopped."),
        )
    label = _("Let it sign in again") if active else _("Stop the account")
    return _shown(request, form, f"{label}: {found.name}", label, back)


def _found(actor: Actor, account_id: UUID) -> Account:
    found = accounts(actor).filter(pk=account_id).first()
    if found is None:
        raise Absent("account")
    return found


def _places(actor: Actor) -> QuerySet[Organisation]:
    if not actor.may_somewhere(Permission.ACCOUNT_GRANT):
        raise Absent("accounts")
    return organisations(actor, Permission.ACCOUNT_GRANT).filter(closed_at=None)


def _shown(
    request: ActorRequest, form: forms.Form, headline: str, label: str, back: str
) -> HttpResponse:
    context = {"form": form, "headline": headline, "label": label, "cancel": back}
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _nothing(_result: object) -> None:
    """Go where the page says, whatever the command returned."""

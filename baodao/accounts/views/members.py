"""Accounts for the members of a unit: chosen ones get one-time passwords, listed to print."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from baodao.accounts.commands import create_member_accounts
from baodao.accounts.queries import accounts_by_person, member_accounts
from baodao.accounts.tables import members_spec
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.rules import Kind
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


@require_GET
def members(request: ActorRequest) -> HttpResponse:
    """The members of the unit acted for, with and without an account."""
    unit = request.acting
    if (
        unit is None
        or unit.kind != Kind.UNIT
        or not request.actor.may(Permission.ACCOUNT_CREATE, unit.path)
    ):
        raise Absent("members")
    rows = member_accounts(request.actor).filter(branch__path__startswith=unit.path)
    listing = Listing(rows, request, members_spec("members"))
    held = accounts_by_person(row.person_id for row in listing.rows)
    for row in listing.rows:
        row.person.known_account = held.get(row.person_id)
    return listing.response("accounts/members.html")


@require_POST
@never_cache
def passwords(request: ActorRequest) -> HttpResponse:
    """Make the accounts; the page that answers is the only place where the passwords stand."""
    chosen, renew = _chosen(request), "renew" in request.POST
    try:
        made = create_member_accounts(request.actor, person_ids=chosen, renew=renew)
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect("accounts:members")
    if not made:
        messages.warning(request, _("Choose members without an account, or press “forgotten”."))
        return redirect("accounts:members")
    return render(request, "accounts/passwords.html", {"made": made, "printable": True})


def _chosen(request: ActorRequest) -> list[UUID]:
    """The persons behind the ticked memberships, of those the actor may make accounts for."""
    try:
        ticked = [UUID(value) for value in request.POST.getlist("ids")]
    except ValueError as error:
        raise Absent("person") from error
    persons = member_accounts(request.actor).filter(pk__in=ticked)
    return list(persons.values_list("person_id", flat=True))

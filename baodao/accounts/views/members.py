"""Accounts for the members of a unit: chosen ones get one-time passwords, listed to print."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.accounts.commands.accounts import OneTime, create_member_accounts
from baodao.accounts.queries import accounts_by_person, member_accounts
from baodao.accounts.tables import members_spec
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.requests import acting_unit
from baodao.ui.guards import reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def members(request: ActorRequest) -> HttpResponse:
    """The members of the unit acted for, with and without an account."""
    unit = acting_unit(request, Permission.ACCOUNT_CREATE)
    rows = member_accounts(request.actor).filter(branch__path__startswith=unit.path)
    listing = Listing(rows, request, members_spec("members"))
    accounts = accounts_by_person(row.person_id for row in listing.rows)
    for row in listing.rows:
        row.person.known_account = accounts.get(row.person_id)
    return listing.response("accounts/members.html")


@writing
@never_cache
def passwords(request: ActorRequest) -> HttpResponse:
    """Make the accounts; the page that answers is the only place where the passwords stand."""
    acting_unit(request, Permission.ACCOUNT_CREATE)
    return submit(
        request,
        partial(_make, person_ids=_ticked(request), renew="renew" in request.POST),
        to=reverse("accounts:members"),
        message=_("These passwords were made already and are not shown again."),
        answer=lambda accounts: render(
            request, "accounts/passwords.html", {"made": accounts, "printable": True}
        ),
    )


def _make(actor: Actor, *, person_ids: list[UUID], renew: bool) -> list[OneTime]:
    accounts = create_member_accounts(actor, person_ids=person_ids, renew=renew)
    if not accounts:
        raise Refused(
            "account.none-chosen",
            gettext_noop("Choose members without an account, or press “forgotten”."),
        )
    return accounts


def _ticked(request: ActorRequest) -> list[UUID]:
    """The persons behind the ticked memberships, of those the actor may make accounts for."""
    try:
        ticked = [UUID(value) for value in request.POST.getlist("ids")]
    except ValueError as error:
        raise Absent("person") from error
    persons = member_accounts(request.actor).filter(pk__in=ticked)
    return list(persons.values_list("person_id", flat=True))

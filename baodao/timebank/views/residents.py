"""What a resident of the list of talents sees of their hours, by the code of their entry."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.talents.queries.talents import talent_by_code
from baodao.timebank.queries.accounts import account_of_talent, account_rows, is_open_at
from baodao.timebank.queries.lines import statement_of
from baodao.timebank.queries.orders import orders_of
from baodao.ui.follow_ups import FollowUp
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest


def accounts_of_talents(_actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, FollowUp]:
    """By the id of a talent the page of their hours, for whoever knows the code of the entry."""
    rows = account_rows().filter(talent__in=list(ids), closed_at=None)
    return {
        row.talent.pk: FollowUp(
            gettext("Hours in the time bank"),
            "",
            reverse("timebank:by_code", args=[row.talent.code]),
        )
        for row in rows
        if row.talent is not None
    }


@login_not_required
@reading
@never_cache
def by_code(request: ActorRequest, talent_code: str) -> HttpResponse:
    """What the account holds and how it came about; hours are spent at the window."""
    talent = talent_by_code(talent_code)
    account = account_of_talent(talent)
    if account is None:
        raise Absent("account")
    context = {
        "talent": talent,
        "statement": statement_of(account),
        "orders": orders_of(account)[:20],
        "live": account.closed_at is None and is_open_at(account.community),
    }
    return render(request, "timebank/by_code.html", context)

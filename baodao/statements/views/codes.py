"""A member's code: made and renewed by them, and the page that it opens without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.records import totals_of
from baodao.statements.commands.sheets import renew_code as renew
from baodao.statements.queries.sheets import opened
from baodao.ui.guards import member_only, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@login_not_required
@reading
@never_cache
def by_code(request: ActorRequest, record_token: str) -> HttpResponse:
    """A stranger learns the masked name, volunteer number, records that count, and sheets issued;
    a wrong or renewed code says so and tells nothing."""
    try:
        view = opened(record_token)
    except Absent:
        return render(request, "statements/by_code.html", {"opened": None}, status=404)
    context = {
        "opened": view,
        "listing": Paging(view.records, request),
        "totals": totals_of(view.records),
        "kinds": Kinds(),
    }
    return render(request, "statements/by_code.html", context)


@writing
@member_only
def renew_code(request: ActorRequest) -> HttpResponse:
    """Make a code, or a new one: who has the old one sees nothing any more."""
    to = f"{reverse('statements:own')}#code"
    message = gettext("This is your code now. An earlier one opens nothing any more.")
    return submit(request, renew, to=to, message=message)

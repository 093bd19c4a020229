"""The page behind a member's code: what is recorded of them, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from baodao.kernel.errors import Absent
from baodao.ledger import queries
from baodao.ledger.tables import Kinds
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest

SHOWN = 100


@login_not_required
@reading
@never_cache
def by_code(request: ActorRequest, record_token: str) -> HttpResponse:
    """A stranger learns the masked name, volunteer number, records that count, and sheets issued;
    a wrong or renewed code says so and tells nothing."""
    try:
        opened = queries.opened(record_token)
    except Absent:
        return render(request, "ledger/by_code.html", {"opened": None}, status=404)
    context = {
        "opened": opened,
        "shown": opened.records[:SHOWN],
        "totals": queries.totals_of(opened.records),
        "more": max(0, opened.records.count() - SHOWN),
        "kinds": Kinds(),
    }
    return render(request, "ledger/by_code.html", context)

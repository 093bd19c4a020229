"""How many files there are below an authority, in figures that tell of nobody."""

from django.http import HttpResponse
from django.shortcuts import render

from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.residents.queries.counts import file_counts, last_quarter
from baodao.residents.rules.counts import BASE
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest


@reading
def counts(request: ActorRequest) -> HttpResponse:
    """民情档案数: of each place below at least so many, as of the end of the last quarter."""
    place = acting_for(request, tuple(AUTHORITIES), Permission.FIGURE_READ)
    period = last_quarter()
    rows = file_counts(request.actor, place, period)
    total = sum(row.at_least for row in rows)
    context = {"place": place, "rows": rows, "total": total, "on": period.last, "base": BASE}
    return render(request, "residents/counts.html", context)

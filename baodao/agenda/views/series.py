"""A series for members: its dates, claimed one by one or all that come."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.agenda.commands.series import claim_series
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.series import series_for
from baodao.ui.guards import member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
@member_only
def show(request: ActorRequest, series_id: UUID) -> HttpResponse:
    """The dates to come with their places, and the one next step: claim all of them."""
    context = {
        "own": series_for(request.actor, series_id),
        "registered": own_community(request.actor).registration is not None,
    }
    return render(request, "agenda/series.html", context)


@writing
def claim(request: ActorRequest, series_id: UUID) -> HttpResponse:
    """All that come; what cannot be claimed is named, date by date."""
    series_for(request.actor, series_id)
    act = partial(claim_series, series_id=series_id)
    to = reverse("agenda:series", args=[series_id])
    return submit(request, act, to=to, message=_message)


def _message(count: int) -> str:
    return ngettext("%(n)s date claimed.", "%(n)s dates claimed.", count) % {"n": count}

"""The overview, the registration table at every level, and the rows behind each number."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from baodao.insight import commands, queries
from baodao.insight.documents import rendered
from baodao.insight.rules import PLACES_WITH_OVERVIEW, AsOf, read_as_of
from baodao.insight.tables import CellUrls, OverviewPage, TablePage, cell_listing, table_url
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ui.listing import download
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest

FILES = (("pdf", "PDF"), ("xlsx", "Excel"), ("docx", "Word"))


def _as_of(request: ActorRequest) -> AsOf:
    asked = request.POST if request.method == "POST" else request.GET
    return read_as_of(asked.get("as_of", ""), queries.present().instant)


def _own_code(request: ActorRequest) -> str:
    """The organisation the request acts for, if it may read figures there."""
    place = request.acting
    if place is None or not request.actor.may(Permission.FIGURE_READ, place.path):
        raise Absent("figures")
    return str(place.code)


@require_safe
def overview(request: ActorRequest, code: str = "") -> HttpResponse:
    """The tree as a table: places without helpers first, units beside in their order."""
    code = code or _own_code(request)
    organisation = queries.organisation_for(request.actor, code)
    if organisation.kind not in PLACES_WITH_OVERVIEW:
        return redirect("insight:table", code)
    page = OverviewPage(request.actor, queries.overview(request.actor, code))
    return render(request, "insight/overview.html", {"page": page, "place": organisation})


@require_POST
def refresh(request: ActorRequest, code: str) -> HttpResponse:
    """Let the worker take the figures of a large tree anew."""
    organisation = queries.organisation_for(request.actor, code)
    to = reverse("insight:overview_of", args=[organisation.code])
    said = gettext("The figures are being counted. Open this page again in a minute.")
    return send(request, commands.ask_for_snapshot, to=to, said=said)


@require_safe
def own_table(request: ActorRequest) -> HttpResponse:
    """The table of the organisation one acts for."""
    return redirect("insight:table", _own_code(request))


@require_safe
def table(request: ActorRequest, code: str) -> HttpResponse:
    """The registration table, as of now or of an earlier day."""
    made = queries.table(request.actor, code, _as_of(request))
    asked = request.GET.get("page", "")
    page = TablePage(request.actor, made, int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    return render(request, "insight/table.html", {"page": page, "formats": FILES})


@require_safe
def cell(request: ActorRequest, code: str, metric: str) -> HttpResponse:
    """Exactly the rows that a number counts."""
    row = queries.Narrowing(request.GET.get("unit", ""), direct=bool(request.GET.get("direct")))
    opened = queries.cell(request.actor, code, metric, _as_of(request), row)
    listing = cell_listing(request, opened)
    place, as_of = opened.organisation.code, opened.as_of
    whole = CellUrls(as_of).url(place, metric) if row != queries.Narrowing() else ""
    context = {"cell": opened, "whole": whole, "table_url": table_url(place, as_of)}
    return listing.response("insight/cell.html", context)


@require_POST
def issue(request: ActorRequest, code: str) -> HttpResponse:
    """Give the table its number and go to the file that was asked for."""
    as_of = _as_of(request)
    ending = request.POST.get("format", "pdf")
    if ending not in dict(FILES):
        raise Absent("format")

    def act(actor: Actor) -> str:
        made = commands.issue_table(actor, code=code, as_of=as_of)
        return reverse("insight:issued", args=[made.pk, ending])

    return send(request, act, to=table_url(code, as_of), said="")


@require_safe
def issued(request: ActorRequest, table_id: UUID, ending: str) -> HttpResponse:
    """An issued table as a file; its figures are counted again and are what they were."""
    held = queries.issued_table(request.actor, table_id)
    if ending not in dict(FILES):
        raise Absent("format")
    made = queries.table(request.actor, held.organisation.code, held.moment)
    return download(rendered(held, made, ending))

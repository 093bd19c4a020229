"""The overview, the official tables at every level, and the rows behind each number."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from baodao.insight import commands, queries
from baodao.insight.documents import period_words, rendered
from baodao.insight.rules import (
    OF_PERIOD,
    PLACES_WITH_OVERVIEW,
    AsOf,
    Period,
    Sheet,
    read_as_of,
    read_period,
)
from baodao.insight.tables import Addresses, OverviewPage, TablePage, cell_listing
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ui.listing import download
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest

FILES = (("pdf", "PDF"), ("xlsx", "Excel"), ("docx", "Word"))
TABLES = {Sheet.REGISTRATION: "insight:table", Sheet.SERVICE: "insight:service_table"}


def _asked(request: ActorRequest) -> tuple[AsOf, Period]:
    """The instant and the period that an address or a form carries."""
    asked = request.POST if request.method == "POST" else request.GET
    as_of = read_as_of(asked.get("as_of", ""), queries.present().instant)
    return as_of, read_period(asked.get("period", ""), as_of)


def _own_code(request: ActorRequest) -> str:
    """The organisation the request acts for, if it may read figures there."""
    place = request.acting
    if place is None or not request.actor.may(Permission.FIGURE_READ, place.path):
        raise Absent("figures")
    return str(place.code)


@require_safe
def overview(request: ActorRequest, code: str = "") -> HttpResponse:
    """The tree as a table: places without helpers first, units beside in their order, or by rate
    where a switch allows it."""
    code = code or _own_code(request)
    organisation = queries.organisation_for(request.actor, code)
    if organisation.kind not in PLACES_WITH_OVERVIEW:
        return redirect("insight:table", code)
    ordered = request.GET.get("order") == "rate"
    page = OverviewPage(request.actor, queries.overview(request.actor, code, ordered=ordered))
    return render(request, "insight/overview.html", {"page": page, "place": organisation})


@require_POST
def refresh(request: ActorRequest, code: str) -> HttpResponse:
    """Let the worker take the figures of a large tree anew."""
    organisation = queries.organisation_for(request.actor, code)
    to = reverse("insight:overview_of", args=[organisation.code])
    said = gettext("The figures are being counted. Open this page again in a minute.")
    return send(request, commands.ask_for_snapshot, to=to, said=said)


@require_safe
def own_table(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """The table of the organisation one acts for."""
    return redirect(TABLES[sheet], _own_code(request))


@require_safe
def table(request: ActorRequest, code: str, sheet: Sheet) -> HttpResponse:
    """A table, as of now or of an earlier day, of a period."""
    as_of, period = _asked(request)
    made = queries.table(request.actor, code, as_of, sheet, period)
    asked = request.GET.get("page", "")
    page = TablePage(request.actor, made, int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    issue_url = reverse(f"{TABLES[sheet].removesuffix('table')}issue", args=[code])
    context = {"page": page, "formats": FILES, "issue_url": issue_url}
    return render(request, "insight/table.html", context)


@require_safe
def cell(request: ActorRequest, code: str, metric: str, sheet: Sheet) -> HttpResponse:
    """Exactly the rows that a number counts."""
    asked, (as_of, period) = request.GET, _asked(request)
    row = queries.Narrowing(
        asked.get("unit", ""), bool(asked.get("direct")), asked.get("person", "")
    )
    opened = queries.cell(request.actor, code, metric, as_of, row, period)
    addresses = Addresses(as_of, period)
    whole = addresses.cell(sheet, code, metric) if row != queries.Narrowing() else ""
    context = {"cell": opened, "whole": whole, "table_url": addresses.table(sheet, code)}
    context["period"] = period_words(period) if metric in OF_PERIOD else ""
    return cell_listing(request, opened).response("insight/cell.html", context)


@require_POST
def issue(request: ActorRequest, code: str, sheet: Sheet) -> HttpResponse:
    """Give the table its number and go to the file that was asked for."""
    as_of, period = _asked(request)
    ending = request.POST.get("format", "pdf")
    if ending not in dict(FILES):
        raise Absent("format")

    def act(actor: Actor) -> str:
        made = commands.issue_table(actor, code=code, as_of=as_of, sheet=sheet, period=period)
        return reverse("insight:issued", args=[made.pk, ending])

    return send(request, act, to=Addresses(as_of, period).table(sheet, code), said="")


@require_safe
def issued(request: ActorRequest, table_id: UUID, ending: str) -> HttpResponse:
    """An issued table as a file; its figures are counted again and are what they were."""
    held = queries.issued_table(request.actor, table_id)
    if ending not in dict(FILES):
        raise Absent("format")
    sheet, period = Sheet(held.sheet), held.period
    made = queries.table(request.actor, held.organisation.code, held.moment, sheet, period)
    return download(rendered(held, made, ending))

"""The overview, the official tables, the rows behind each number, and what it counts."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.documents.catalogue import form_of
from baodao.figures.queries.sql import present
from baodao.figures.rules.sheets import PLACES, StatSheet
from baodao.insight.commands.tables import issue_table
from baodao.insight.documents import rendered
from baodao.insight.models import IssuedTable
from baodao.insight.queries import numbers, overviews, tables
from baodao.insight.queries.tasks import tasks_beside
from baodao.insight.rules.sheets import FORMS
from baodao.insight.tables.addresses import TABLES, Addresses
from baodao.insight.tables.charts import chart_page
from baodao.insight.tables.definitions import definition_lines
from baodao.insight.tables.lists import number_listing
from baodao.insight.tables.overviews import OverviewPage
from baodao.insight.tables.pages import TablePage
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, read_as_of, read_period
from baodao.orgs.models import Organisation
from baodao.snapshots.commands import request_snapshot
from baodao.snapshots.queries import is_counting
from baodao.ui.guards import reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest, led_on
from baodao.ui.submissions import submit
from baodao.ui.wording import period_words


def _moment(request: ActorRequest) -> tuple[AsOf, Period]:
    """The instant and the period that an address or a form carries."""
    fields = request.POST if request.method == "POST" else request.GET
    as_of = read_as_of(fields.get("as_of", ""), present().instant)
    return as_of, read_period(fields.get("period", ""), as_of)


def _own_code(request: ActorRequest) -> str:
    """The organisation the request acts for, if it may read figures there."""
    place = request.acting
    if place is None or not request.actor.may(Permission.FIGURE_READ, place.path):
        raise Absent("figures")
    return str(place.code)


@reading
def overview(request: ActorRequest, code: str = "") -> HttpResponse:
    """The tree as a table: places without helpers first, units beside in their order, or by rate
    where a switch allows it."""
    code = code or _own_code(request)
    organisation = tables.organisation_for(request.actor, code)
    if organisation.kind not in PLACES:
        return led_on(request, TABLES[StatSheet.REGISTRATION], code)
    counting = "counting" in request.GET and is_counting()
    if counting and request.htmx:
        return render(request, "insight/counting.html", {"place": organisation})
    ordered = request.GET.get("order") == "rate"
    page = OverviewPage(request.actor, overviews.overview(request.actor, code, ordered=ordered))
    context = _beside(request, organisation) | {"page": page, "counting": counting}
    return render(request, "insight/overview.html", context)


def _beside(request: ActorRequest, organisation: Organisation) -> dict[str, object]:
    """What stands on the overview beside its figures."""
    own = organisation == request.acting
    tasks = tasks_beside(request.actor, organisation) if own else []
    settles = own and request.actor.may(Permission.IDENTITY_SETTLE, organisation.path)
    contests = any(task.address == "identities:contests" for task in tasks)
    return {"place": organisation, "tasks": tasks, "settles": settles and not contests}


@writing
def refresh(request: ActorRequest, code: str) -> HttpResponse:
    """Let the worker take the figures of a large tree anew; its page follows it to the end."""
    organisation = tables.organisation_for(request.actor, code)
    to = f"{reverse('insight:overview_of', args=[organisation.code])}?counting=1"
    return submit(request, request_snapshot, to=to)


@reading
def own_table(request: ActorRequest, sheet: StatSheet) -> HttpResponse:
    """The table of the organisation one acts for, of the day and period in the address."""
    return led_on(request, TABLES[sheet], _own_code(request))


@reading
def table(request: ActorRequest, code: str, sheet: StatSheet) -> HttpResponse:
    """A table, as of now or of an earlier day, of a period."""
    as_of, period = _moment(request)
    facts = tables.table(request.actor, code, as_of, sheet, period)
    number = request.GET.get("page", "")
    place = int(number) if number.isdecimal() and len(number) < 6 else 1
    page = TablePage(request.actor, facts, place)
    context = {"page": page, "formats": form_of(FORMS[sheet]).files}
    return render(request, "insight/table.html", context)


@reading
def charts(request: ActorRequest, code: str) -> HttpResponse:
    """The charts of an organisation, each above its table."""
    return render(request, "insight/charts.html", {"page": chart_page(request.actor, code)})


@reading
def definitions(request: ActorRequest) -> HttpResponse:
    """What every figure counts, as it is declared."""
    lines = definition_lines(tables.metrics_for(request.actor))
    return render(request, "insight/definitions.html", {"lines": lines})


@reading
def cell(request: ActorRequest, code: str, metric: str, sheet: StatSheet) -> HttpResponse:
    """Exactly the rows that a number counts."""
    fields, (as_of, period) = request.GET, _moment(request)
    row = numbers.Narrowing(
        fields.get("unit", ""),
        bool(fields.get("direct")),
        fields.get("person", ""),
        fields.get("kind", ""),
        fields.get("age", ""),
    )
    number = numbers.open_number(request.actor, code, metric, as_of, row, period)
    addresses = Addresses(as_of, period)
    whole = addresses.number(sheet, code, metric) if row != numbers.Narrowing() else ""
    context = {"cell": number, "whole": whole, "table_url": addresses.table(sheet, code)}
    context["period"] = period_words(period) if number.metric.of_period else ""
    return number_listing(request, number).response("insight/cell.html", context)


@writing
def issue(request: ActorRequest, code: str, sheet: StatSheet) -> HttpResponse:
    """Give the table its number and go to the file that was asked for."""
    as_of, period = _moment(request)
    medium = form_of(FORMS[sheet]).file_in(request.POST.get("format", ""))

    def file(table: IssuedTable) -> str:
        return reverse("insight:issued", args=[table.pk, medium])

    act = partial(issue_table, code=code, as_of=as_of, sheet=sheet, period=period)
    return submit(request, act, to=file)


@reading
def issued(request: ActorRequest, table_id: UUID, ending: str) -> HttpResponse:
    """An issued table as a file: figures and names are what they were."""
    paper = tables.issued_table(request.actor, table_id, FORMS.values())
    if ending not in form_of(paper.form).files:
        raise Absent("format")
    return paper_download(request, rendered(paper, ending))

"""Requests for reports: sent by an authority, answered below, read as one table."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from baodao.documents.files import list_file
from baodao.figures.queries.sql import present
from baodao.inquiries.commands import requests as commands
from baodao.inquiries.commands.answers import answer_request
from baodao.inquiries.forms import AnswerForm, DueForm, RequestForm
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries import requests as queries
from baodao.inquiries.rules.requests import RECEIVER_KINDS, check_withdrawn
from baodao.inquiries.tables import requests as tables
from baodao.inquiries.tables.requests import RequestPreview
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import live_unit_registration
from baodao.reports.models import Report
from baodao.reports.queries.figures import counted_of
from baodao.reports.queries.occasions import ReportCell
from baodao.reporttables.queries.tables import declared_for
from baodao.ui.addresses import row_url
from baodao.ui.exports import medium_of
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, paper_download
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

TEMPLATE = "inquiries/request_form.html"


def _page_of(row: ReportRequest) -> str:
    return row_url("inquiries:request", row.pk)


@reading
def requests(request: ActorRequest) -> HttpResponse:
    """What an authority asked, or what a unit or community was asked."""
    place = acting_for(request, AUTHORITIES | {*RECEIVER_KINDS}, Permission.REPORT_READ)
    kind = Kind(place.kind)
    if kind not in AUTHORITIES:
        return _lines(request, place)
    rows, sends = queries.requests(request.actor), Permission.REPORT_REQUEST
    context = {
        "place": place,
        "sends": request.actor.may(sends, place.path),
        "answers": kind in RECEIVER_KINDS,
    }
    return Listing(rows, request, tables.sent_spec()).response("inquiries/requests.html", context)


@reading
def lines(request: ActorRequest) -> HttpResponse:
    """What was asked of a street, which asks too."""
    return _lines(request, acting_for(request, RECEIVER_KINDS, Permission.REPORT_READ))


def _lines(request: ActorRequest, place: Organisation) -> HttpResponse:
    """What was asked of a place, and which of it waits."""
    listing = Listing(queries.lines_of(request.actor, place), request, tables.lines_spec())
    waiting = queries.lines_to_answer(request.actor, place)
    return listing.response("inquiries/requests.html", {"place": place, "waiting": waiting})


@asking
def new_request(request: ActorRequest) -> HttpResponse:
    """Ask organisations below; what is there already is looked at before it is sent."""
    place = acting_for(request, AUTHORITIES, Permission.REPORT_REQUEST)
    below = queries.receivers_below(place)
    options = {"below": below, "tables": declared_for(request.actor, place)}
    page = FormPage(bound(request, RequestForm, **options), TEMPLATE, {"place": place})
    if request.method == "POST" and page.form.is_valid():
        content = page.form.cleaned_data["content"]
        doubles = commands.note_doubles(request.actor, sender_id=place.pk, content=content)
        if "preview" in request.POST or doubles:
            preview = tables.preview_of(request.actor, place, content, doubles)
            return _preview(request, page, preview)
    act = partial(commands.send_request, sender_id=place.pk)
    message = gettext("Sent. Who is asked finds it on their first page.")
    return submit(request, act, to=_page_of, message=message, page=page)


def _preview(request: ActorRequest, page: FormPage, preview: RequestPreview) -> HttpResponse:
    """The form again, with what is there already and why it cannot be sent, where it cannot."""
    context = {**page.context, "form": page.form, "preview": preview}
    return render(request, TEMPLATE, context)


@reading
def request(request: ActorRequest, report_request_id: UUID) -> HttpResponse:
    """A request with all answers in one table, and their sums."""
    row = queries.request_of(request.actor, report_request_id)
    table = tables.RequestTable(request.actor, row)
    medium = medium_of(request, list_file.media)
    if medium:
        return paper_download(request, table.file(medium.code))
    context = {
        "asking": row,
        "own": queries.lines_to_answer(request.actor).filter(request=row).first(),
        "table": table,
        "listing": Paging(table.rows, request),
        "items": queries.request_timeline(row),
        "media": list_file.media,
    }
    return render(request, "inquiries/request.html", context)


@asking
def extend(request: ActorRequest, report_request_id: UUID) -> HttpResponse:
    """Give more time to answer."""
    row = _sent(request, report_request_id)
    page = question(
        bound(request, DueForm),
        gettext("More time to answer “%(title)s”?") % {"title": row.title},
        gettext("Give more time"),
        gettext("Who has not answered yet is told."),
        [(gettext("Answer by"), row.due_on)],
    ).while_open(partial(check_withdrawn, withdrawn=row.withdrawn_at is not None))
    act = partial(commands.extend_request, request_id=row.pk)
    return submit(request, act, to=_page_of(row), message=gettext("Told to all."), page=page)


@asking
def withdraw(request: ActorRequest, report_request_id: UUID) -> HttpResponse:
    """Ask no more."""
    row = _sent(request, report_request_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Withdraw “%(title)s”?") % {"title": row.title},
        gettext("Withdraw"),
        gettext("What was answered stays. Who has not answered is told that they need not."),
    ).while_open(partial(check_withdrawn, withdrawn=row.withdrawn_at is not None))
    act = partial(commands.withdraw_request, request_id=row.pk)
    return submit(request, act, to=_page_of(row), message=gettext("Withdrawn."), page=page)


def _sent(request: ActorRequest, report_request_id: UUID) -> ReportRequest:
    row = queries.sent_requests(request.actor).filter(pk=report_request_id).first()
    if row is None:
        raise Absent("request")
    return row


@asking
def answer(request: ActorRequest, line_id: UUID) -> HttpResponse:
    """Answer: the figures stand there, what people know is filled in, and it is submitted; what is
    asked no more leads to what became of the request."""
    # no end: what is asked no more leads to the request, and versions take turns
    line = queries.line_of(request.actor, line_id)
    if not queries.own_lines(request.actor).filter(pk=line.pk).exists():
        return redirect(_page_of(line.request))
    former = queries.latest_answer(line)
    form = bound(
        request, AnswerForm, questions=line.request.fields, initial=_initial(request, line, former)
    )  # no edit: the version that the form carries tells what another submitted meanwhile
    context = {"line": line, "former": former, "cells": _counted(request, line)}
    page = FormPage(form, "inquiries/answer.html", context)
    message = gettext("Submitted. You are told when it is acknowledged.")
    act = partial(answer_request, line_id=line.pk)
    return submit(request, act, to=_report_of, message=message, page=page)


def _report_of(report: Report) -> str:
    return row_url("reports:report", report.pk)


def _counted(request: ActorRequest, line: RequestLine) -> list[ReportCell]:
    """The figures as of now, each with the rows behind it."""
    as_of, period, place = present(), line.request.period, line.organisation
    figures = counted_of(place, line.request.metrics, as_of, period)
    columns = line.request.figure_columns
    return list(tables.figure_cells(request.actor, place, columns, figures, (as_of, period)))


def _initial(request: ActorRequest, line: RequestLine, former: Report | None) -> dict[str, object]:
    """What was answered before, and who signs as far as it is known."""
    before = former.answers if former else {}
    contact = live_unit_registration(line.organisation)
    signer = former.signer if former else contact.secretary if contact else request.actor.name
    typed = {
        f"answer_{number}": before.get(one.label, "")
        for number, one in enumerate(line.request.fields)
    }
    return {"version": former.version + 1 if former else 1, "signer": signer, **typed}

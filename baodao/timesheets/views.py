"""A spreadsheet of services: choose it, see what is wrong by row, record the good rows once."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.rules.durations import Uncertainty
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.tree import Kind
from baodao.spreadsheets.leftover_lines import leftover_lines
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.timesheets import commands, documents
from baodao.timesheets.forms import ServiceTableForm
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import imports, judge
from baodao.timesheets.queries.undos import obstacles_of, standing_of_import
from baodao.timesheets.tables import SHOWN, preview_of, problem_lines, scope_in
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import acting_for, asking, reading, writing
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


def _community(request: ActorRequest) -> Organisation:
    place: Organisation = acting_for(request, [Kind.COMMUNITY], Permission.RECORD_IMPORT)
    return place


@asking
def choose(request: ActorRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    community = _community(request)
    form = ServiceTableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    before = imports(request.actor).filter(community__in=ids_below(community.path))
    context = {
        "community": community,
        "imports": before[:SHOWN],
        "imports_count": before.count(),
    }
    page = FormPage(form, "timesheets/timesheets.html", context)
    return submit(request, partial(_upload, community), to=_page_of, page=page)


def _upload(community: Organisation, actor: Actor, file: "UploadedFile[bytes]") -> RecordImport:
    if (file.size or 0) > MAX_BYTES:
        raise unreadable("too-large")
    return commands.upload(
        actor, community_id=community.pk, file_name=file.name or "", content=file.read()
    )


def _page_of(upload: RecordImport) -> str:
    return reverse("timesheets:timesheet", args=[upload.pk])


def _import(request: ActorRequest, record_import_id: UUID) -> RecordImport:
    upload = imports(request.actor).filter(pk=record_import_id).first()
    if upload is None:
        raise Absent("import")
    return upload


@reading
def preview(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """What would be recorded, and what is wrong by row; afterwards, what was."""
    upload = _import(request, record_import_id)
    lines = problem_lines(upload.problems)
    context: dict[str, object] = {"upload": upload}
    context["leftovers"] = leftover_lines(upload.leftovers, lambda _: None)
    if upload.applied_at is None and upload.file_sealed is not None:
        scope = scope_in(request.GET)
        judgement = judge(request.actor, upload.community, commands.content_of(upload), scope)
        before = preview_of(judgement, upload.community, scope)
        context |= {"preview": before, "leftovers": before.leftovers}
        lines = problem_lines(map(asdict, before.problems))
    context |= {"problems": lines[:SHOWN], "more": max(0, len(lines) - SHOWN)}
    return render(request, "timesheets/timesheet.html", context)


@writing
def apply(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Record every row without a problem, and those of which somebody said what is meant."""
    upload = _import(request, record_import_id)
    act = partial(_apply, upload, request.POST, _accepted(request))
    return submit(request, act, to=_page_of(upload), message=_applied)


def _apply(
    upload: RecordImport, typed: Mapping[str, str], accepted: list[Uncertainty], actor: Actor
) -> RecordImport:
    return commands.apply(actor, import_id=upload.pk, scope=scope_in(typed, accepted))


def _accepted(request: ActorRequest) -> list[Uncertainty]:
    try:
        return [Uncertainty(value) for value in request.POST.getlist("accept")]
    except ValueError as error:
        raise Absent("question") from error


def _applied(upload: RecordImport) -> str:
    count = upload.recorded
    sentence = ngettext("%(count)s service recorded.", "%(count)s services recorded.", count)
    return sentence % {"count": count}


@asking
def undo(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Take back a table that was recorded by mistake, or say what stands in the way."""
    upload = _import(request, record_import_id)
    obstacles = obstacles_of(upload).lines()
    page = question(
        bound(request, ReasonForm),
        gettext("Undo %(name)s as a whole") % {"name": upload.file_name},
        gettext("Undo the whole table"),
        gettext(
            "Each service of this table that still counts is reversed; its member reads your "
            "reason. Nothing is deleted."
        ),
        _facts(upload, obstacles),
    ).beside(cancel=_page_of(upload), barred=bool(obstacles))
    act = partial(commands.undo, import_id=upload.pk)
    message = gettext("Undone. The members have been told why.")
    return submit(request, act, to=_page_of(upload), message=message, page=page)


def _facts(
    upload: RecordImport, obstacles: list[tuple[int, tuple[str, str]]]
) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (gettext("Services that count"), standing_of_import(upload).count()),
    ]
    for count, words in obstacles:
        facts.append((gettext("Stands in the way"), ngettext(*words, count) % {"count": count}))
    return facts


@reading
def template(request: ActorRequest) -> HttpResponse:
    """A table to fill in, with everybody who is registered here."""
    community = _community(request)
    return download(documents.template_workbook(request.actor, community))


@reading
def remarks(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """The file once more, with what was wrong behind each row."""
    upload = _import(request, record_import_id)
    if upload.file_sealed is None:
        messages.error(
            request, gettext("The uploaded file is no longer kept. Upload it once more.")
        )
        return redirect("timesheets:timesheet", record_import_id)
    return download(documents.remarks(upload))

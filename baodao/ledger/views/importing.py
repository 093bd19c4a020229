"""A spreadsheet of services: choose it, see what is wrong by row, record the good rows once."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.documents.reading import MAX_BYTES
from baodao.documents.reading.refusals import unreadable
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger import documents
from baodao.ledger.commands import importing
from baodao.ledger.forms import TableForm
from baodao.ledger.models import RecordImport
from baodao.ledger.queries.importing import imports, judge
from baodao.ledger.views.acting import community_of
from baodao.orgs.models import Organisation
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import download
from baodao.ui.posts import attempt, send
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

SHOWN = 200


@asking
def choose(request: ActorRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    community = community_of(request, Permission.RECORD_IMPORT)
    form = TableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            return redirect(attempt(request, partial(_upload, community, form), to=request.path))
        except Refused as refused:
            form.add_error("file", worded(refused))
    before = imports(request.actor).filter(community=community)[:SHOWN]
    context = {"community": community, "form": form, "imports": before}
    return render(request, "ledger/import.html", context, status=422 if form.errors else 200)


def _upload(community: Organisation, form: TableForm, actor: Actor) -> str:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    if (file.size or 0) > MAX_BYTES:
        raise unreadable("too-large")
    held = importing.upload(
        actor, community_id=community.pk, file_name=file.name or "", content=file.read()
    )
    return reverse("ledger:import_one", args=[held.pk])


def _import(request: ActorRequest, record_import_id: UUID) -> RecordImport:
    held = imports(request.actor).filter(pk=record_import_id).first()
    if held is None:
        raise Absent("import")
    return held


@reading
def preview(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """What would be recorded, and what is wrong by row; afterwards, what was."""
    held = _import(request, record_import_id)
    context: dict[str, object] = {"held": held, "problems": held.problems[:SHOWN]}
    context["more"] = max(0, len(held.problems) - SHOWN)
    if held.applied_at is None and held.file_sealed is not None:
        judged = judge(request.actor, held.community, importing.content_of(held))
        context["good"] = len(judged.entries)
        context["problems"] = [importing.kept(one) for one in judged.problems[:SHOWN]]
    return render(request, "ledger/import_one.html", context)


@writing
def apply(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Record every row without a problem."""
    held = _import(request, record_import_id)

    def act(actor: Actor) -> None:
        count = importing.apply(actor, import_id=held.pk).recorded
        told = ngettext("%(count)s service recorded.", "%(count)s services recorded.", count)
        messages.success(request, told % {"count": count})

    return send(request, act, to=reverse("ledger:import_one", args=[held.pk]), said="")


@reading
def template(request: ActorRequest) -> HttpResponse:
    """An empty table to fill in."""
    community_of(request, Permission.RECORD_IMPORT)
    return download(documents.template_workbook())


@reading
def remarks(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """The file once more, with what was wrong behind each row."""
    held = _import(request, record_import_id)
    if held.file_sealed is None:
        messages.error(
            request, gettext("The uploaded file is no longer kept. Upload it once more.")
        )
        return redirect("ledger:import_one", record_import_id)
    return download(documents.remarks(held))

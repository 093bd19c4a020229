"""A spreadsheet of services: choose it, see what is wrong by row, record the good rows once."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.documents.files import list_file
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.rules.durations import Uncertainty
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.requests import acting_community
from baodao.spreadsheets.column_forms import FORM, HIDDEN_SHEETS, REMEMBER, columns_page
from baodao.spreadsheets.column_lines import corrections_in
from baodao.spreadsheets.date_lines import DATES, order_sent
from baodao.spreadsheets.left_rows import PAGE as LEFT_ROWS
from baodao.spreadsheets.left_rows import left_rows_list
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.uploads import is_kept
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.timesheets import commands, documents
from baodao.timesheets.forms import ServiceTableForm
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import imports
from baodao.timesheets.queries.undos import obstacles_of, standing_of_import
from baodao.timesheets.rules.obstacles import check_recorded
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.timesheet import BUSY, TimesheetState, percent_read
from baodao.timesheets.tables import (
    HOURS,
    LISTS,
    MINUTES,
    PAGE_ROWS,
    UNSEEN_IN,
    UNSEEN_OUT,
    USE,
    answered,
    columns_table,
    left_lines,
    preview_of,
    progress_words,
    shown_problems,
)
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.in_hand import in_hand
from baodao.ui.listing import Listing, download
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import worded


@choosing
def choose(request: ActorRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    community = acting_community(request, Permission.RECORD_IMPORT)
    form = ServiceTableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    before = imports(request.actor).filter(community__in=ids_below(community.path))
    context = {
        "community": community,
        "listing": Paging(before, request),
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
def timesheet(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Where one table stands: being read, what would be recorded and what is wrong by row;
    afterwards, what was."""
    upload = _import(request, record_import_id)
    if upload.state in BUSY:
        percent = percent_read(upload.progress, upload.total)
        context = {"upload": upload, "percent": percent, "said": progress_words(upload)}
        part = "progress" if request.htmx else "waiting"
        return render(request, f"timesheets/{part}.html", context)
    return render(request, "timesheets/timesheet.html", _result(upload))


def _result(upload: RecordImport) -> dict[str, object]:
    """What the page shows of a table that no job has."""
    lines = shown_problems(upload)
    has_file = is_kept(upload)
    is_open = upload.state == TimesheetState.READ and has_file
    return {
        "upload": upload,
        "has_file": has_file,
        "leftovers": left_lines(upload, is_open=is_open),
        "refused": _refusal(upload),
        "asks_columns": commands.asks_columns(upload),
        "asks_reader": has_file and commands.asks_reader(upload),
        "preview": preview_of(upload) if is_open else None,
        "problems": lines[:PAGE_ROWS],
        "more": max(0, len(lines) - PAGE_ROWS),
    }


def _refusal(upload: RecordImport) -> str:
    why = upload.report.get("refused")
    return worded(Refused(**why)) if why else ""


@choosing
def columns(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Say which column holds what, or use one with a tap; the file is read again."""
    upload = _import(request, record_import_id)
    taps = request.method == "POST" and FORM not in request.POST
    act = partial(_choose, upload, request.POST)
    page = (
        None if taps else _columns_page(request, upload).while_open(commands.check_readable, upload)
    )
    return submit(request, act, to=_page_of(upload), message=_read_words, page=page)


def _read_words(upload: RecordImport) -> str:
    """What became of reading a file again; why it was refused stands on its page."""
    if upload.state in BUSY:
        return progress_words(upload)
    is_read = upload.state == TimesheetState.READ
    return gettext("The file was read with these columns.") if is_read else ""


def _columns_page(request: ActorRequest, upload: RecordImport) -> FormPage:
    context = {
        "file_name": upload.file_name,
        "remembered_for": upload.community,
        "back": _page_of(upload),
        "note": _refusal(upload),
    }
    return columns_page(request, columns_table(upload), context).editing(upload, _meanings)


def _meanings(upload: RecordImport) -> dict[str, object]:
    """As what the headings of a file are understood, and whether its hidden sheets are read."""
    hidden = {HIDDEN_SHEETS: upload.options.get(HIDDEN_SHEETS)}
    return {line.name: line.meaning for line in columns_table(upload)} | hidden


def _choose(
    upload: RecordImport, sent: Mapping[str, str], actor: Actor, **_: object
) -> RecordImport:
    fact, _divider, title = sent.get(USE, "").partition("|")
    headers = {title: fact} if USE in sent else corrections_in(sent, columns_table(upload))
    scope = ImportScope.unpacked(upload.options)
    if UNSEEN_OUT in sent or UNSEEN_IN in sent:
        scope = replace(scope, skip_unseen=UNSEEN_OUT in sent)
    if MINUTES in sent or HOURS in sent:
        scope = scope.with_minutes(are_minutes=MINUTES in sent)
    if DATES in sent:
        scope = replace(scope, dates={**scope.dates, **order_sent(sent[DATES])})
    if FORM in sent or HIDDEN_SHEETS in sent:
        scope = replace(scope, include_hidden=bool(sent.get(HIDDEN_SHEETS)))
    remember = REMEMBER in sent or FORM not in sent
    return commands.choose_columns(
        actor, import_id=upload.pk, headers=headers, remember=remember, scope=scope
    )


@reading
def lines(request: ActorRequest, record_import_id: UUID, what: str) -> HttpResponse:
    """All services of a table, all its people, or every row that is left out."""
    upload = _import(request, record_import_id)
    spec, rows = LISTS[what]
    listing = Listing(in_hand(rows(upload)), request, spec())
    return listing.response("timesheets/lines.html", {"upload": upload})


@reading
def left_rows(request: ActorRequest, record_import_id: UUID, place: int) -> HttpResponse:
    """All rows of one kind that were not read, with their numbers."""
    upload = _import(request, record_import_id)
    rows = left_rows_list(request, upload.leftovers, place, list_file)
    return rows.response(LEFT_ROWS, {"file_name": upload.file_name, "back": _page_of(upload)})


@writing
def cancel(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Stop; the uploaded file is forgotten."""
    act = partial(commands.discard, import_id=_import(request, record_import_id).pk)
    message = gettext("Cancelled. Nothing was recorded.")
    return submit(request, act, to=reverse("timesheets:all"), message=message)


@writing
def apply(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Record every row without a problem, and those of which somebody said what is meant."""
    upload = _import(request, record_import_id)
    act = partial(_apply, upload, request.POST, _accepted(request))
    return submit(request, act, to=_page_of(upload), message=_applied)


def _apply(
    upload: RecordImport, typed: Mapping[str, str], accepted: list[Uncertainty], actor: Actor
) -> RecordImport:
    scope = answered(upload, typed, accepted)
    return commands.ask_to_apply(actor, import_id=upload.pk, scope=scope)


def _accepted(request: ActorRequest) -> list[Uncertainty]:
    try:
        return [Uncertainty(value) for value in request.POST.getlist("accept")]
    except ValueError as error:
        raise Absent("question") from error


def _applied(upload: RecordImport) -> str:
    if upload.state in BUSY:
        return progress_words(upload)
    count = upload.recorded
    sentence = ngettext("%(count)s service recorded.", "%(count)s services recorded.", count)
    return sentence % {"count": count}


@asking
def undo(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """Take back a table that was recorded by mistake, or say what stands in the way."""
    # no end: the question names what stands in the way
    upload = _import(request, record_import_id)
    stands = {"applied": upload.recorded > 0, "undone": upload.undone_at is not None}
    page = _undo_page(request, upload).while_open(partial(check_recorded, **stands))
    act = partial(commands.undo, import_id=upload.pk)
    message = gettext("Undone. The members have been told why.")
    return submit(request, act, to=_page_of(upload), message=message, page=page)


def _undo_page(request: ActorRequest, upload: RecordImport) -> FormPage:
    obstacles = obstacles_of(upload).lines()
    return question(
        bound(request, ReasonForm),
        gettext("Undo %(name)s as a whole") % {"name": upload.file_name},
        gettext("Undo the whole table"),
        gettext(
            "Each service of this table that still counts is reversed; its member reads your "
            "reason. Nothing is deleted."
        ),
        _facts(upload, obstacles),
    ).beside(cancel=_page_of(upload), barred=bool(obstacles))


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
    community = acting_community(request, Permission.RECORD_IMPORT)
    return download(documents.template_workbook(request.actor, community))


@reading
def remarks(request: ActorRequest, record_import_id: UUID) -> HttpResponse:
    """The file once more, with what was wrong behind each row."""
    upload = _import(request, record_import_id)
    if not is_kept(upload):
        messages.error(
            request, gettext("The uploaded file is no longer kept. Upload it once more.")
        )
        return redirect("timesheets:timesheet", record_import_id)
    return download(documents.remarks(upload))

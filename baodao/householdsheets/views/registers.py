"""A register of households: choose it, see what it would bring, file it once, undo it."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.accounts.queries import is_on
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.documents.files import list_file
from baodao.householdsheets.commands import imports as commands
from baodao.householdsheets.documents import register_template
from baodao.householdsheets.forms import RegisterAnswerForm, RegisterForm
from baodao.householdsheets.models import HouseholdImport
from baodao.householdsheets.queries.imports import (
    RegisterJudgement,
    check_undoable,
    import_in,
    imports,
    judge,
)
from baodao.householdsheets.queries.sheets import headless
from baodao.householdsheets.tables import (
    HIDDEN,
    MOST_LINES,
    UNSEEN_IN,
    UNSEEN_OUT,
    USE,
    alike_choices,
    columns_table,
    fault_lines,
    left_lines,
    note_lines,
)
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_community
from baodao.residents.queries.files import check_shown, files, living, numbers_built_upon
from baodao.spreadsheets.column_forms import FORM, HIDDEN_SHEETS, REMEMBER, columns_page
from baodao.spreadsheets.column_lines import ColumnLine, corrections_in
from baodao.spreadsheets.left_rows import PAGE as LEFT_ROWS
from baodao.spreadsheets.left_rows import left_rows_list
from baodao.spreadsheets.refusals import unreadable
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.listing import download
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import worded

ALL = "householdsheets:all"


@choosing
def choose(request: ActorRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    community = acting_community(request, Permission.HOUSEHOLD_EDIT)
    form = RegisterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    before = imports(request.actor).filter(community__path__startswith=community.path)
    context = {
        "community": community,
        "on": is_on(HOUSEHOLD_FILES, community),
        "listing": Paging(before, request),
    }
    page = FormPage(form, "householdsheets/registers.html", context)
    return submit(request, partial(_upload, community), to=register_address, page=page)


def _upload(community: Organisation, actor: Actor, file: "UploadedFile[bytes]") -> HouseholdImport:
    if (file.size or 0) > commands.LARGEST:
        raise unreadable("too-large")
    name = file.name or ""
    return commands.upload(actor, community_id=community.pk, file_name=name, content=file.read())


def register_address(row: HouseholdImport) -> str:
    """The page of a register."""
    return reverse("householdsheets:register", args=[row.pk])


@asking
def register(request: ActorRequest, household_import_id: UUID) -> HttpResponse:
    """What a register would bring, and the questions that are asked once for all of it; afterwards
    what became of it."""
    # no end: what was filed or cancelled shows what became of it
    row = import_in(request.actor, household_import_id)
    if row.file_sealed is None:
        return render(request, "householdsheets/result.html", {"upload": row})
    check_shown(row.community)
    judgement = judge(request.actor, row)
    form = bound(request, RegisterAnswerForm, **_options(judgement))
    page = FormPage(form, "householdsheets/register.html", _page_words(row, judgement))

    def act(actor: Actor, **_: object) -> HouseholdImport:
        return commands.apply(actor, import_id=row.pk, answer=form.answer())

    return submit(request, act, to=register_address, message=_filed_words, page=page)


def _options(judgement: RegisterJudgement) -> dict[str, object]:
    lacking = {"category": judgement.lacks_category, "grade": judgement.lacks_grade}
    return {
        "categories": judgement.words,
        "alike": alike_choices(judgement),
        "lacks": [name for name, count in lacking.items() if count],
    }


def _page_words(row: HouseholdImport, judgement: RegisterJudgement) -> dict[str, object]:
    faults = fault_lines(judgement)
    return {
        "upload": row,
        "judgement": judgement,
        "notes": note_lines(judgement),
        "faults": faults[:MOST_LINES],
        "more": max(0, len(faults) - MOST_LINES),
        "leftovers": left_lines(row, judgement),
        "cancel": reverse(ALL),
    }


def _filed_words(row: HouseholdImport) -> str:
    sentence = ngettext("%(count)s file is made.", "%(count)s files are made.", row.filed)
    return sentence % {"count": row.filed}


@choosing
def columns(request: ActorRequest, household_import_id: UUID) -> HttpResponse:
    """Say which column holds what, or use one with a tap; the file is read again."""
    # no end: a file that is no longer kept is refused when it is read
    row = import_in(request.actor, household_import_id)
    judgement = judge(request.actor, row)
    lines = columns_table(judgement)
    taps = request.method == "POST" and FORM not in request.POST
    page = None if taps else _columns_page(request, row, judgement, lines)
    act = partial(_choose, row, request.POST, lines)
    message = gettext("The file was read with these columns.")
    return submit(request, act, to=register_address, message=message, page=page)


def _columns_page(
    request: ActorRequest,
    row: HouseholdImport,
    judgement: RegisterJudgement,
    lines: list[ColumnLine],
) -> FormPage:
    context = {
        "file_name": row.file_name,
        "remembered_for": row.community,
        "back": register_address(row),
        "note": "" if judgement.table.has_header else worded(headless()),
    }
    page = columns_page(request, lines, context)
    page.form.initial[HIDDEN_SHEETS] = row.options.get("include_hidden", False)
    return page


def _choose(
    row: HouseholdImport,
    sent: Mapping[str, str],
    lines: list[ColumnLine],
    actor: Actor,
    **_: object,
) -> HouseholdImport:
    fact, _divider, title = sent.get(USE, "").partition("|")
    headers = {title: fact} if USE in sent else corrections_in(sent, lines)
    skips = bool(row.options.get("skip_unseen"))
    hidden = bool(row.options.get("include_hidden"))
    return commands.choose_columns(
        actor,
        import_id=row.pk,
        headers=headers,
        remember=REMEMBER in sent,
        include_hidden=bool(sent.get(HIDDEN)) if FORM in sent or HIDDEN in sent else hidden,
        skip_unseen=UNSEEN_OUT in sent or (skips and UNSEEN_IN not in sent),
    )


@reading
def left_rows(request: ActorRequest, household_import_id: UUID, place: int) -> HttpResponse:
    """All rows of one kind that were not read, with their numbers."""
    row = import_in(request.actor, household_import_id)
    left = [asdict(one) for one in judge(request.actor, row).table.leftovers]
    rows = left_rows_list(request, left, place, list_file)
    context = {"file_name": row.file_name, "back": register_address(row)}
    return rows.response(LEFT_ROWS, context)


@writing
def cancel(request: ActorRequest, household_import_id: UUID) -> HttpResponse:
    """Stop; the uploaded file is forgotten."""
    act = partial(commands.discard, import_id=import_in(request.actor, household_import_id).pk)
    message = gettext("Cancelled. No file was made; the table is deleted.")
    return submit(request, act, to=reverse(ALL), message=message)


@asking
def undo(request: ActorRequest, household_import_id: UUID) -> HttpResponse:
    """Take back a register that was filed by mistake, or say what stands in the way."""
    row = import_in(request.actor, household_import_id)
    act = partial(commands.undo, import_id=row.pk)
    message = gettext("Undone. The files of this table are deleted.")
    page = _undo_page(request, row)
    return submit(request, act, to=register_address, message=message, page=page)


def _undo_page(request: ActorRequest, row: HouseholdImport) -> FormPage:
    kept = living(files(request.actor, Permission.HOUSEHOLD_EDIT)).filter(pk__in=row.file_ids)
    obstacles = numbers_built_upon(list(kept), row.community_id)
    facts: list[tuple[str, object]] = [(gettext("Files that it brought"), row.filed)]
    if obstacles:
        facts.append((gettext("Something was made of these since"), "、".join(obstacles)))
    page = question(
        bound(request, ReasonForm),
        gettext("Undo %(name)s as a whole") % {"name": row.file_name},
        gettext("Undo the whole table"),
        gettext("The files that it brought are deleted for good; their numbers and days stay."),
        facts,
    )
    page = page.while_open(check_undoable, row)
    return page.beside(cancel=register_address(row), barred=bool(obstacles))


@reading
def template(request: ActorRequest, has_examples: bool) -> HttpResponse:
    """A table to fill in, empty or with examples."""
    community = acting_community(request, Permission.HOUSEHOLD_EDIT)
    table = register_template(request.actor, community, has_examples=has_examples)
    return download(table)

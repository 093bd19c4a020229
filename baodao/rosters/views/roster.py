"""Importing a roster: upload, columns, problems, differences, apply, and the report that stays."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from baodao.documents.files import list_file
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.numbers import unmask_members
from baodao.rosters import documents
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands.effects import undo_roster
from baodao.rosters.commands.intake import SheetRow
from baodao.rosters.forms import OwnPeopleForm, RosterFileForm
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import rosters
from baodao.rosters.queries.undos import RosterObstacle, effects_of, obstacles_of
from baodao.rosters.rules.roster import Corrections, RosterState
from baodao.rosters.rules.sequels import sequel_of
from baodao.rosters.tables.rosters import (
    BUSY,
    GONE,
    KEPT,
    PHONE_ABOVE,
    SHEET,
    UNSEEN_IN,
    UNSEEN_OUT,
    USE,
    applied_words,
    columns_table,
    imports_spec,
    progress_words,
    result_of,
    statuses_table,
)
from baodao.rostersheets.rules.exit_words import ExitKind
from baodao.rostersheets.rules.roster import RosterScope
from baodao.spreadsheets.column_forms import FORM, HIDDEN_SHEETS, REMEMBER, columns_page
from baodao.spreadsheets.date_lines import DATES, order_sent
from baodao.spreadsheets.left_rows import PAGE as LEFT_ROWS
from baodao.spreadsheets.left_rows import left_rows_list
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.listing import Listing, download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import worded


@choosing
def all_rosters(request: ActorRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    unit = _unit(request)
    form = RosterFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    before = Listing(rosters(request.actor).filter(unit=unit), request, imports_spec())
    may_copy = request.actor.may(Permission.PERSON_UNMASK, unit.path)
    page = FormPage(
        form, "rosters/rosters.html", {"unit": unit, "listing": before, "may_copy": may_copy}
    )
    return submit(request, partial(_upload, unit), to=_page_of, page=page)


@reading
def template(request: ActorRequest) -> HttpResponse:
    """An empty table with the columns that are understood."""
    return download(documents.example_roster(_unit(request).name, []))


@asking
@never_cache
def own_people(request: ActorRequest) -> HttpResponse:
    """The good table filled with the unit's own people, their numbers in clear; asks what for."""
    unit = _unit(request)
    if not request.actor.may(Permission.PERSON_UNMASK, unit.path):
        raise Absent("unit")
    return submit(
        request,
        partial(unmask_members, unit_id=unit.pk),
        to=reverse("rosters:all"),
        message=_("This table was downloaded already. Open the page once more for another."),
        page=_own_people_question(request, unit),
        answer=lambda members: download(documents.example_roster(unit.name, members)),
    )


def _own_people_question(request: ActorRequest, unit: Organisation) -> FormPage:
    return question(
        bound(request, OwnPeopleForm),
        _("A table with your own people"),
        _("Download"),
        _(
            "It holds the ID numbers and telephones of all members in full. Keep it on a machine "
            "of your unit, and delete it when it is no longer needed."
        ),
        [(_("Unit"), unit.name)],
    )


def _upload(unit: Organisation, actor: Actor, file: "UploadedFile[bytes]") -> RosterImport:
    if (file.size or 0) > MAX_BYTES:
        raise unreadable("too-large")
    roster = commands.upload(actor, unit_id=unit.pk, file_name=file.name or "", content=file.read())
    return _read_if_short(actor, roster)


def _page_of(roster: RosterImport) -> str:
    return reverse("rosters:roster", args=[roster.pk])


def _read_if_short(actor: Actor, roster: RosterImport) -> RosterImport:
    is_short = roster.total <= commands.READ_AT_ONCE
    return commands.read(actor, roster.pk) if is_short else roster


@reading
def roster(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Where one roster stands: being read, what was found, what was applied, why not."""
    row = _roster(request, import_id)
    context = {"roster": row, "result": result_of(row, request.GET.get("kind", ""))}
    if request.htmx and row.state in BUSY:
        return render(request, "rosters/progress.html", context)
    if row.state == RosterState.APPLIED:
        context["next"] = sequel_of(request.actor, row.unit_id)
    return render(request, "rosters/roster.html", context)


@choosing
def columns(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Say which column holds what; remembered for this unit's next file."""
    row = _roster(request, import_id)
    taps = request.method == "POST" and FORM not in request.POST
    act = partial(_choose, row, _corrections(request, row), _scope(request, row))
    page = None if taps else _columns_page(request, row).while_open(commands.check_readable, row)
    return submit(request, act, to=_page_of(row), message=_read_words, page=page)


def _read_words(row: RosterImport) -> str:
    """What became of reading a file again; why it was refused stands on its page."""
    if row.state in BUSY:
        return progress_words(row)
    return _("The file was read with these columns.") if row.state == RosterState.READ else ""


def _columns_page(request: ActorRequest, row: RosterImport) -> FormPage:
    refused = row.report.get("refused")
    context = {
        "file_name": row.file_name,
        "remembered_for": row.unit,
        "back": _page_of(row),
        "note": _(refused["message"]) if refused else "",
    }
    page = columns_page(request, columns_table(row), context, statuses_table(row))
    return page.editing(row, _meanings)


def _meanings(row: RosterImport) -> dict[str, object]:
    """As what the words of a file are understood, and whether its hidden sheets are read."""
    lines = [*columns_table(row), *statuses_table(row)]
    hidden = {HIDDEN_SHEETS: row.options.get(HIDDEN_SHEETS)}
    return {line.name: line.meaning for line in lines} | hidden


def _corrections(request: ActorRequest, row: RosterImport) -> Corrections:
    """What the clerk says of words: of one header by a tap on a leftover, else what differs in the
    form from how the file was understood."""
    if USE in request.POST:
        fact, _divider, title = request.POST[USE].partition("|")
        return Corrections({title: fact})
    remember = REMEMBER in request.POST or FORM not in request.POST
    headers, statuses = (
        {
            line.title: request.POST[line.name]
            for line in table
            if request.POST.get(line.name, line.meaning) != line.meaning
        }
        for table in (columns_table(row), statuses_table(row))
    )
    return Corrections(headers, statuses, remember)


def _scope(request: ActorRequest, row: RosterImport) -> RosterScope:
    """What of the file is read: as before, but for what was tapped or ticked."""
    scope, post = RosterScope.unpacked(row.options), request.POST
    if SHEET in post:
        return replace(scope, sheets=scope.sheets | {post[SHEET]})
    if UNSEEN_OUT in post or UNSEEN_IN in post:
        return replace(scope, skip_unseen=UNSEEN_OUT in post)
    for name in (GONE, KEPT):
        if post.get(name) in set(ExitKind):
            return replace(scope, exits={**scope.exits, post[name]: name == GONE})
    if DATES in post:
        return replace(scope, dates={**scope.dates, **order_sent(post[DATES])})
    if PHONE_ABOVE in post:
        return replace(scope, phones_above=post[PHONE_ABOVE] == "1")
    if FORM not in post and HIDDEN_SHEETS not in post:
        return scope
    return replace(scope, include_hidden=bool(post.get(HIDDEN_SHEETS)))


def _choose(
    row: RosterImport, corrections: Corrections, scope: RosterScope, actor: Actor, **_: object
) -> RosterImport:
    again = commands.choose_columns(actor, roster_id=row.pk, corrections=corrections, scope=scope)
    return _read_if_short(actor, again)


@reading
def left_rows(request: ActorRequest, import_id: UUID, place: int) -> HttpResponse:
    """All rows of one kind that were not read, with their numbers."""
    row = _roster(request, import_id)
    rows = left_rows_list(request, row.report.get("leftovers", []), place, list_file)
    return rows.response(LEFT_ROWS, {"file_name": row.file_name, "back": _page_of(row)})


@writing
def apply(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Take over all good rows or the ticked ones; end the memberships of who has left."""
    row = _roster(request, import_id)
    rows = None if request.POST.get("what") != "chosen" else _ticked(request)
    act = partial(commands.apply, roster_id=row.pk, rows=rows, left=_persons(request))
    return submit(request, act, to=_page_of(row))


def _ticked(request: ActorRequest) -> list[SheetRow]:
    rows = []
    for value in request.POST.getlist("rows"):
        number, divider, sheet = value.partition("|")
        if not divider or not number.isdecimal():
            raise Absent("row")
        rows.append((sheet, int(number)))
    return rows


def _persons(request: ActorRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("left")]
    except ValueError as error:
        raise Absent("person") from error


@writing
def cancel(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Stop; the uploaded file is forgotten."""
    act = partial(commands.discard, roster_id=_roster(request, import_id).pk)
    message = _("Cancelled. Nothing was changed.")
    return submit(request, act, to=reverse("rosters:all"), message=message)


@asking
def undo(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Put back what was applied, as a whole."""
    # no end: the question names what stands in the way
    row = _roster(request, import_id)
    lead, obstacles = _in_the_way(row)
    facts = [(_("File"), row.file_name), (_("Applied"), applied_words(row))]
    page = question(
        bound(request, ConfirmForm),
        _("Undo this roster"),
        _("Undo it"),
        lead or _(EVERYTHING),
        [*facts, *((one.name, one.words) for one in obstacles[:MOST_OBSTACLES])],
    ).beside(cancel=_page_of(row), barred=bool(lead))
    act = partial(undo_roster, roster_id=row.pk)
    return submit(request, act, to=_page_of(row), message=_("Undone."), page=page)


MOST_OBSTACLES = 200
"""People in the way who are told one by one."""

EVERYTHING = gettext_noop(
    "Everything that it changed is put back, and who was new is a member no more. What ended with "
    "who had left or died (letters, registration, claims) stands again, and those who were told of "
    "the end are told of that."
)


def _in_the_way(row: RosterImport) -> tuple[str, list[RosterObstacle]]:
    """Why a roster cannot be undone, empty where it can, and on whom something was built."""
    try:
        obstacles = obstacles_of(effects_of(row))
    except Refused as refused:
        return worded(refused), []
    if not obstacles:
        return "", []
    words = ngettext(
        "It cannot be undone as a whole: something was built on what it says of %(count)s person. "
        "Nothing was changed. Put that right first, or correct the members one by one.",
        "It cannot be undone as a whole: something was built on what it says of %(count)s people. "
        "Nothing was changed. Put that right first, or correct the members one by one.",
        len(obstacles),
    )
    return words % {"count": len(obstacles)}, obstacles


@reading
def remarks(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """The clerk's own file with a column of remarks."""
    row = _roster(request, import_id)
    try:
        return download(documents.remarks(row))
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect("rosters:roster", import_id)


def _unit(request: ActorRequest) -> Organisation:
    """The unit acted for, if its roster may be imported by the actor."""
    place: Organisation | None = request.acting
    if (
        place is None
        or place.kind != Kind.UNIT
        or not request.actor.may(Permission.ROSTER_IMPORT, place.path)
    ):
        raise Absent("unit")
    return place


def _roster(request: ActorRequest, import_id: UUID) -> RosterImport:
    row = rosters(request.actor).filter(pk=import_id).first()
    if row is None:
        raise Absent("roster")
    return row

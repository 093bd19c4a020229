"""The columns of a division table in the browser: which holds what, for this file or remembered."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.divisions.commands.imports import teach_columns
from baodao.divisions.models import TableUpload
from baodao.divisions.queries.tables import DivisionTable
from baodao.divisions.rules.rows import WORDS
from baodao.divisions.views.sources import (
    Source,
    address_of,
    check_importer,
    choices_in,
    read_source,
    upload_in,
    with_choices,
)
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.spreadsheets.column_lines import ColumnLine, column_lines, corrections_in
from baodao.spreadsheets.headings import header_key
from baodao.ui.guards import choosing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit
from baodao.ui.wording import worded
from baodao.vocabulary.queries import may_teach
from baodao.vocabulary.rules.words import WordRole

REMEMBER = "remember"


@choosing
def columns(request: ActorRequest) -> HttpResponse:
    """What each column of a file holds, as it was understood; it is read again as is said here."""
    check_importer(request.actor)
    source = request.GET.dict()
    upload = upload_in(request.actor, source)
    table, _prefix = read_source(request.actor, source)
    lines = column_lines(table.titles, WORDS.meanings[WordRole.HEADER])
    if request.method == "POST":
        choices = _merged(choices_in(source), corrections_in(request.POST, lines))
        act = partial(_choose, upload, source, choices, REMEMBER in request.POST)
        message = _("The file was read with these columns.")
        return submit(request, act, to=address_of, message=message)
    if not table.has_header:
        messages.error(request, worded(table.faults[0].refusal))
    return render(request, "divisions/columns.html", _context(request, upload, table, lines))


def _context(
    request: ActorRequest, upload: TableUpload, table: DivisionTable, lines: list[ColumnLine]
) -> dict[str, object]:
    source = request.GET.dict()
    return {
        "upload": upload,
        "lines": lines,
        "here": address_of(source, "divisions:columns"),
        "back": address_of(source) if table.has_header else "",
        "remembered_for": place_taught(request.actor, upload),
    }


def place_taught(actor: Actor, upload: TableUpload) -> Organisation | None:
    """For which organisation the actor may have the columns of an upload remembered, if any."""
    place = upload.place
    return place if place and may_teach(actor, WORDS, place.path) else None


def _merged(before: Mapping[str, str], corrections: Mapping[str, str]) -> dict[str, str]:
    """What is said of columns by now: of each header the last, and of each fact one header."""
    if not set(corrections.values()) <= {*WORDS.meanings[WordRole.HEADER], ""}:
        raise Absent("fact")
    keys, facts = {header_key(one) for one in corrections}, set(corrections.values()) - {""}
    kept = {
        header: fact
        for header, fact in before.items()
        if header_key(header) not in keys and fact not in facts
    }
    return kept | dict(corrections)


def _choose(
    upload: TableUpload, source: Source, choices: Mapping[str, str], remember: bool, actor: Actor
) -> dict[str, str]:
    """The source as it is read from now on, with the choices taught or said in it."""
    if remember:
        teach_columns(actor, upload_id=upload.pk, headers=choices)
    return with_choices(source, {} if remember else choices)

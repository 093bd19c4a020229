"""The columns of a division table in the browser: which holds what, for this file or remembered."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.divisions.commands.imports import teach_columns
from baodao.divisions.models import TableUpload
from baodao.divisions.queries.tables import DivisionTable
from baodao.divisions.rules.rows import WORDS
from baodao.divisions.views.sources import (
    HIDDEN,
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
from baodao.spreadsheets.column_forms import FORM, HIDDEN_SHEETS, REMEMBER, columns_page
from baodao.spreadsheets.column_lines import ColumnLine, column_lines, corrections_in
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.seen_columns import is_column_name
from baodao.ui.guards import choosing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, submit
from baodao.ui.wording import worded
from baodao.vocabulary.queries import may_teach
from baodao.vocabulary.rules.words import WordRole


@choosing
def columns(request: ActorRequest) -> HttpResponse:
    """What each column of a file holds, as it was understood; it is read again as is said here."""
    check_importer(request.actor)
    source = request.GET.dict()
    upload = upload_in(request.actor, source)
    table, _prefix = read_source(request.actor, source)
    lines = column_lines(table.titles, WORDS.meanings[WordRole.HEADER], table.seen_columns)
    choices = _merged(choices_in(source), corrections_in(request.POST, lines))
    act = partial(_choose, upload, _with_hidden(request, source), choices, REMEMBER in request.POST)
    message = _("The file was read with these columns.")
    page = _page(request, upload, table, lines)
    return submit(request, act, to=address_of, message=message, page=page)


def _page(
    request: ActorRequest, upload: TableUpload, table: DivisionTable, lines: list[ColumnLine]
) -> FormPage:
    """No edit: the file is its uploader's own, and a word that gives way stands in the journal."""
    source = request.GET.dict()
    context = {
        "file_name": upload.file_name,
        "here": address_of(source, "divisions:columns"),
        "back": address_of(source) if table.has_header else reverse("divisions:choose"),
        "remembered_for": place_taught(request.actor, upload),
        "note": "" if table.has_header else worded(table.faults[0].refusal),
    }
    page = columns_page(request, lines, context)
    page.form.initial[HIDDEN_SHEETS] = HIDDEN in source
    return page


def _with_hidden(request: ActorRequest, source: Source) -> Source:
    """The source with hidden sheets read or not, as the page says where it was sent."""
    if FORM not in request.POST:
        return source
    rest = {key: value for key, value in source.items() if key != HIDDEN}
    return rest | ({HIDDEN: "1"} if request.POST.get(HIDDEN_SHEETS) else {})


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
    upload: TableUpload,
    source: Source,
    choices: Mapping[str, str],
    remember: bool,
    actor: Actor,
    **_: object,
) -> dict[str, str]:
    """The source as it is read from now on, with the choices taught or said in it; what a column
    without a header holds is of this file alone."""
    taught = {one: fact for one, fact in choices.items() if remember and not is_column_name(one)}
    if taught:
        teach_columns(actor, upload_id=upload.pk, headers=taught)
    return with_choices(source, {one: f for one, f in choices.items() if one not in taught})

"""The division table in the browser: choose, look at the differences, agree, apply."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from baodao.divisions.commands.imports import import_divisions, upload_table
from baodao.divisions.commands.undos import undo_import
from baodao.divisions.forms import TableForm
from baodao.divisions.models import DivisionImport
from baodao.divisions.queries.imports import (
    check_import,
    differences,
    faults_of,
    names_of_places,
)
from baodao.divisions.queries.packages import read_package
from baodao.divisions.queries.tables import DivisionTable
from baodao.divisions.queries.undos import (
    ImportObstacle,
    division_imports,
    import_lines,
    obstacles_of,
)
from baodao.divisions.rules.differences import Differences
from baodao.divisions.rules.rows import WORDS
from baodao.divisions.views.columns import place_taught
from baodao.divisions.views.sources import (
    HIDDEN,
    UNSEEN_OUT,
    USE,
    Source,
    address_of,
    check_importer,
    choices_in,
    name_in,
    read_source,
    upload_in,
)
from baodao.documents.files import list_file
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.spreadsheets.left_rows import PAGE as LEFT_ROWS
from baodao.spreadsheets.left_rows import left_rows_list
from baodao.spreadsheets.leftover_lines import LeftoverLine, LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import SAID_ON_PAGE, Leftover, LeftoverKind
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import worded
from baodao.vocabulary.rules.words import WordRole

MOST_LINES = 200
PAGE_ROWS = 20
"""Tables taken over before that are listed on one page, each with what stands in its way."""


@dataclass(frozen=True)
class Difference:
    """One difference: the word that agrees to it, and what it says."""

    answer: str
    words: str


@dataclass(frozen=True)
class DifferenceGroup:
    """The differences of one kind: at most `MOST_LINES` one by one, `more` only all together."""

    answer: str
    title: str
    all_words: str
    lines: list[Difference]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@choosing
def choose(request: ActorRequest) -> HttpResponse:
    """A city of the national table, or a file; below, what was taken over before."""
    check_importer(request.actor)
    form = TableForm(request.POST or None, request.FILES or None)
    listing = Paging(division_imports(request.actor), request, PAGE_ROWS)
    context = {"imports": import_lines(listing.rows), "listing": listing}
    page = FormPage(form, "divisions/choose.html", context)
    return submit(request, partial(_source, request.acting), to=address_of, page=page)


@reading
def compare(request: ActorRequest) -> HttpResponse:
    """What would be added, and what differs and has to be agreed to."""
    check_importer(request.actor)
    source = request.GET.dict()
    try:
        table, prefix = read_source(request.actor, source)
        if not table.has_header:
            return redirect(address_of(source, "divisions:columns"))
        context = _differences(request.actor, table, prefix)
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect("divisions:choose")
    context |= {"leftovers": _left_lines(source, table), "source": source}
    context |= _remembering(request.actor, source)
    return render(request, "divisions/compare.html", context)


def _differences(actor: Actor, table: DivisionTable, prefix: str) -> dict[str, object]:
    """What the page shows of a table: its faults, or else what it says otherwise than the tree."""
    faults = faults_of(table)
    if faults:
        lines = [(one.sheet, worded(one.refusal)) for one in faults[:MOST_LINES]]
        return {"faults": lines, "fault_count": len(faults), "more": len(faults) - len(lines)}
    check_import(actor, table.places)
    changes = differences(table.places, prefix)
    names = {place.code: place.name for place in table.places}
    groups = [group for group in _groups(changes, names) if group.count]
    places = changes.created[:MOST_LINES]
    above = names_of_places({place.parent for place in places if place.parent}) | names
    created = [(place.code, place.name, above.get(place.parent or "", "")) for place in places]
    return {
        "changes": changes,
        "created": len(changes.created),
        "places": created,
        "more": len(changes.created) - len(created),
        "groups": groups,
    }


def _remembering(actor: Actor, source: Source) -> dict[str, object]:
    """For whom, and where, what was said of the columns can be remembered, if anything was."""
    if not choices_in(source):
        return {}
    place = place_taught(actor, upload_in(actor, source))
    return {"remembered_for": place, "columns": address_of(source, "divisions:columns")}


def _tap(source: Source, leftover: Leftover) -> LeftoverTap | None:
    """What is offered for a leftover: the same page with the file read otherwise, or to say what
    the columns hold."""
    taps = {
        LeftoverKind.SHEET_HIDDEN: (_("Read hidden sheets as well"), HIDDEN, True),
        LeftoverKind.SHEET_PAST: (_("Read this sheet as well"), HIDDEN, True),
        LeftoverKind.ROWS_HIDDEN_READ: (_("Leave them out"), UNSEEN_OUT, True),
        LeftoverKind.ROWS_HIDDEN: (_("Read them as well"), UNSEEN_OUT, False),
    }
    if leftover.use:
        return _use(source, leftover)
    if leftover.kind in SAID_ON_PAGE:
        return LeftoverTap(_("Say what they hold"), url=address_of(source, "divisions:columns"))
    if leftover.kind not in taps:
        return None
    label, name, on = taps[LeftoverKind(leftover.kind)]
    rest = {key: value for key, value in source.items() if key != name}
    return LeftoverTap(label, url=f"?{urlencode(rest | ({name: '1'} if on else {}))}")


def _use(source: Source, leftover: Leftover) -> LeftoverTap | None:
    """Use a column as the fact that it seems to hold; none for a second one of the same header,
    which cannot be told from the first."""
    name = USE + leftover.use
    if source.get(name) == leftover.text:
        return None
    label = _("Use it as %(fact)s") % {"fact": _(WORDS.meanings[WordRole.HEADER][leftover.use])}
    return LeftoverTap(label, url=f"?{urlencode({**source, name: leftover.text})}")


def _left_lines(source: Source, table: DivisionTable) -> list[LeftoverLine]:
    left = map(asdict, table.leftovers)
    return leftover_lines(left, partial(_tap, source), partial(_rows_url, source))


def _rows_url(source: Source, place: int) -> str:
    return f"{reverse('divisions:left_rows', args=[place])}?{urlencode(source)}"


@reading
def left_rows(request: ActorRequest, place: int) -> HttpResponse:
    """All rows of one kind that were not read, with their numbers."""
    check_importer(request.actor)
    table, _prefix = read_source(request.actor, request.GET.dict())
    rows = left_rows_list(request, [asdict(one) for one in table.leftovers], place, list_file)
    return rows.response(LEFT_ROWS, {"back": address_of(request.GET.dict())})


@writing
def apply(request: ActorRequest) -> HttpResponse:
    """Add the new places and change what was agreed to, once."""
    check_importer(request.actor)
    accepted = set(request.POST.getlist("accept"))

    def act(actor: Actor) -> None:
        table, prefix = read_source(actor, request.POST.dict())
        import_divisions(
            actor,
            places=table.sound(),
            prefix=prefix,
            accepted=accepted,
            source=name_in(actor, request.POST.dict()),
        )

    message = _("The places are in; what you agreed to was changed. It can be undone here.")
    return submit(request, act, to=reverse("divisions:choose"), message=message)


@asking
def undo(request: ActorRequest, division_import_id: UUID) -> HttpResponse:
    """Take back a table that was taken over by mistake, or say what stands in the way, by place."""
    # no end: the question names what stands in the way
    row = division_imports(request.actor).filter(pk=division_import_id).first()
    if row is None:
        raise Absent("import")
    act = partial(undo_import, import_id=row.pk)
    message = _("Undone: everything is as it was before")
    page = _undo_question(request, row)
    return submit(request, act, to=reverse("divisions:choose"), message=message, page=page)


def _undo_question(request: ActorRequest, row: DivisionImport) -> FormPage:
    obstacles = obstacles_of(row) if row.undone_at is None else []
    return question(
        bound(request, ConfirmForm),
        _("Undo %(name)s as a whole") % {"name": row.source or _("Division table")},
        _("Undo the whole table"),
        _(
            "What was renamed, moved, closed or opened is as it was before. Places that it added "
            "are closed; nothing is deleted."
        ),
        _facts(row, obstacles),
    ).beside(cancel=reverse("divisions:choose"), barred=bool(obstacles or row.undone_at))


def _facts(row: DivisionImport, obstacles: list[ImportObstacle]) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Places added"), row.created),
        (_("Places changed"), row.changed),
    ]
    for one in obstacles:
        words = f"{one.code} {one.name}：{'；'.join(one.sentences)}"
        facts.append((_("Stands in the way"), words))
    return facts


def _source(place: Organisation | None, actor: Actor, *, city: str, file: Any) -> dict[str, str]:
    """Where the table comes from, as it stands in the address of the next page; an uploaded file
    is kept until then."""
    if not file:
        check_import(actor, read_package(settings.DIVISIONS, city.strip()))
        return {"city": city.strip()}
    upload = upload_table(actor, file_name=file.name, content=file.read(), place=place)
    return {"upload": str(upload.pk)}


def _groups(changes: Differences, names: Mapping[str, str]) -> list[DifferenceGroup]:
    renamed = [(one.code, f"{one.code} {one.old} → {one.new}") for one in changes.renamed]
    moved = [
        (one.code, f"{one.code} {one.name} → {one.new_code} {names.get(one.new_parent or '', '')}")
        for one in changes.moved
    ]
    vanished = [(one.code, f"{one.code} {one.name}") for one in changes.vanished]
    closed = [(one.code, f"{one.code} {one.name}") for one in changes.closed]
    return [
        _group("renamed", _("Renamed"), _("Rename all of them"), renamed),
        _group("moved", _("Moved or numbered anew"), _("Move all of them"), moved),
        _group("closed", _("No longer in the table"), _("Close all of them"), vanished),
        _group("reopened", _("In the table, but closed here"), _("Open all of them"), closed),
    ]


def _group(answer: str, title: str, all_words: str, rows: list[tuple[str, str]]) -> DifferenceGroup:
    lines = [Difference(f"{answer}:{code}", words) for code, words in rows[:MOST_LINES]]
    return DifferenceGroup(answer, title, all_words, lines, len(rows))

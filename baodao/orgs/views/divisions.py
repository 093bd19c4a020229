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

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.commands.division_undos import undo_import
from baodao.orgs.commands.divisions import import_divisions, upload_table
from baodao.orgs.forms import TableForm
from baodao.orgs.models import DivisionImport
from baodao.orgs.queries.division_tables import DivisionScope, DivisionTable, read_table
from baodao.orgs.queries.division_undos import ImportObstacle, division_imports, obstacles_of
from baodao.orgs.queries.divisions import (
    check_import,
    differences,
    faults_of,
    names_of_places,
    upload_of,
)
from baodao.orgs.queries.tables import prefix_of, read_package
from baodao.orgs.rules.division_rows import DIVISION_FACTS, DIVISION_WORDS
from baodao.orgs.rules.divisions import Differences
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.leftover_lines import LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import Leftover, LeftoverKind
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import worded

MOST_LINES = 200
SHOWN = 20
"""Tables taken over before that are listed."""
HIDDEN, UNSEEN_OUT, USE = "hidden", "unseen-out", "use-"
"""In an address: hidden sheets are read as well; hidden or filtered rows are left out; and, before
the name of a fact, the header of the column that holds it."""


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


@asking
def choose(request: ActorRequest) -> HttpResponse:
    """A city of the national table, or a file; below, what was taken over before."""
    _check(request.actor)
    form = TableForm(request.POST or None, request.FILES or None)
    before = division_imports(request.actor)
    context = {"imports": before[:SHOWN], "imports_count": before.count()}
    page = FormPage(form, "orgs/divisions.html", context)
    return submit(request, _source, to=_address_of, page=page)


@reading
def compare(request: ActorRequest) -> HttpResponse:
    """What would be added, and what differs and has to be agreed to."""
    _check(request.actor)
    source = request.GET.dict()
    try:
        table, prefix = _table(request.actor, source)
        context = _differences(request.actor, table, prefix)
    except Refused as refused:
        messages.error(request, worded(refused))
        return redirect("orgs:divisions")
    context["leftovers"] = leftover_lines(map(asdict, table.leftovers), partial(_tap, source))
    context["source"] = source
    return render(request, "orgs/compare.html", context)


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


def _tap(source: Mapping[str, str], leftover: Leftover) -> LeftoverTap | None:
    """What is offered for a leftover: the same page with the file read otherwise."""
    taps = {
        LeftoverKind.SHEET_HIDDEN: (_("Read hidden sheets as well"), HIDDEN, True),
        LeftoverKind.ROWS_HIDDEN_READ: (_("Leave them out"), UNSEEN_OUT, True),
        LeftoverKind.ROWS_HIDDEN: (_("Read them as well"), UNSEEN_OUT, False),
    }
    if leftover.use:
        return _use(source, leftover)
    if leftover.kind not in taps:
        return None
    label, name, on = taps[LeftoverKind(leftover.kind)]
    rest = {key: value for key, value in source.items() if key != name}
    return LeftoverTap(label, url=f"?{urlencode(rest | ({name: '1'} if on else {}))}")


def _use(source: Mapping[str, str], leftover: Leftover) -> LeftoverTap | None:
    """Use a column as the fact that it seems to hold; none for a second one of the same header,
    which cannot be told from the first."""
    name = USE + leftover.use
    if source.get(name) == leftover.text:
        return None
    label = _("Use it as %(fact)s") % {"fact": DIVISION_WORDS.title(leftover.use)}
    return LeftoverTap(label, url=f"?{urlencode({**source, name: leftover.text})}")


@writing
def apply(request: ActorRequest) -> HttpResponse:
    """Add the new places and change what was agreed to, once."""
    _check(request.actor)
    accepted = set(request.POST.getlist("accept"))

    def act(actor: Actor) -> None:
        table, prefix = _table(actor, request.POST.dict())
        import_divisions(
            actor,
            places=table.sound(),
            prefix=prefix,
            accepted=accepted,
            source=_name_of(actor, request.POST.dict()),
        )

    message = _("The places are in; what you agreed to was changed. It can be undone here.")
    return submit(request, act, to=reverse("orgs:divisions"), message=message)


@asking
def undo(request: ActorRequest, division_import_id: UUID) -> HttpResponse:
    """Take back a table that was taken over by mistake, or say what stands in the way, by place."""
    row = division_imports(request.actor).filter(pk=division_import_id).first()
    if row is None:
        raise Absent("import")
    act = partial(undo_import, import_id=row.pk)
    message = _("Undone: everything is as it was before")
    page = _undo_question(request, row)
    return submit(request, act, to=reverse("orgs:divisions"), message=message, page=page)


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
    ).beside(cancel=reverse("orgs:divisions"), barred=bool(obstacles or row.undone_at))


def _facts(row: DivisionImport, obstacles: list[ImportObstacle]) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Places added"), row.created),
        (_("Places changed"), row.changed),
    ]
    for one in obstacles:
        words = f"{one.code} {one.name}：{'；'.join(one.sentences)}"
        facts.append((_("Stands in the way"), words))
    return facts


def _check(actor: Actor) -> None:
    if not actor.may_somewhere(Permission.DIVISION_IMPORT):
        raise Absent("divisions")


def _source(actor: Actor, *, city: str, file: Any) -> dict[str, str]:
    """Where the table comes from, as it stands in the address of the next page; an uploaded file
    is kept until then."""
    if not file:
        check_import(actor, read_package(settings.DIVISIONS, city.strip()))
        return {"city": city.strip()}
    upload = upload_table(actor, file_name=file.name, content=file.read())
    return {"upload": str(upload.pk)}


def _name_of(actor: Actor, source: Mapping[str, str]) -> str:
    """What the list of tables calls one: its city's code, or its file."""
    city = source.get("city", "")
    return city or upload_of(actor, UUID(source["upload"])).file_name


def _address_of(source: dict[str, str]) -> str:
    return f"{reverse('orgs:compare')}?{urlencode(source)}"


def _table(actor: Actor, source: dict[str, str]) -> tuple[DivisionTable, str]:
    """The table, and the digits with which all codes of the city begin."""
    if source.get("city"):
        places = read_package(settings.DIVISIONS, source["city"])
        return DivisionTable(places), prefix_of(source["city"])
    try:
        upload = upload_of(actor, UUID(source.get("upload", "")))
    except ValueError as error:
        raise Absent("table") from error
    uses = {fact: source[USE + fact] for fact in DIVISION_FACTS if USE + fact in source}
    choices = {header_key(header): fact for fact, header in uses.items()}
    scope = DivisionScope(HIDDEN in source, UNSEEN_OUT in source, choices)
    return read_table(bytes(upload.content), scope), ""


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

"""What the address of a page says of a table: where it comes from, and how it is read."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from baodao.divisions.models import TableUpload
from baodao.divisions.queries.imports import table_in, upload_of
from baodao.divisions.queries.packages import prefix_of, read_package
from baodao.divisions.queries.tables import DivisionScope, DivisionTable
from baodao.divisions.rules.rows import DIVISION_FACTS
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.spreadsheets.headings import header_key

HIDDEN, UNSEEN_OUT, USE, UNUSED, PARTED = "hidden", "unseen-out", "use-", "unused", "|"
"""Hidden sheets are read as well; hidden or filtered rows are left out; before the name of a fact,
the header of the column that holds it; the keys of headers that hold none, and what parts them."""

Source = Mapping[str, str]


def check_importer(actor: Actor) -> None:
    """Raise `Absent` for who imports nowhere."""
    if not actor.may_somewhere(Permission.DIVISION_IMPORT):
        raise Absent("divisions")


def address_of(source: Source, page: str = "divisions:compare") -> str:
    """The address of a page about a table."""
    return f"{reverse(page)}?{urlencode(source)}"


def upload_in(actor: Actor, source: Source) -> TableUpload:
    """The actor's own upload that is named; raises `Absent`."""
    try:
        return upload_of(actor, UUID(source.get("upload", "")))
    except ValueError as error:
        raise Absent("table") from error


def name_in(actor: Actor, source: Source) -> str:
    """What the list of tables calls one: its city's code, or its file."""
    return source.get("city", "") or upload_in(actor, source).file_name


def read_source(actor: Actor, source: Source) -> tuple[DivisionTable, str]:
    """The table, and the digits with which all codes of the city begin."""
    if source.get("city"):
        places = read_package(settings.DIVISIONS, source["city"])
        return DivisionTable(places), prefix_of(source["city"])
    upload = upload_in(actor, source)
    choices = {header_key(header): fact for header, fact in choices_in(source).items()}
    scope = DivisionScope(HIDDEN in source, UNSEEN_OUT in source, choices)
    return table_in(bytes(upload.content), upload.place, scope), ""


def choices_in(source: Source) -> dict[str, str]:
    """What was said of columns: header → the fact that it holds, "" for none."""
    unused = source.get(UNUSED, "").split(PARTED)
    uses = {source[USE + fact]: fact for fact in DIVISION_FACTS if USE + fact in source}
    return {key: "" for key in unused if key} | uses


def with_choices(source: Source, choices: Mapping[str, str]) -> dict[str, str]:
    """The source with nothing else said of columns than `choices`."""
    facts = {USE + fact: header for header, fact in choices.items() if fact}
    unused = PARTED.join(header_key(header) for header, fact in choices.items() if not fact)
    rest = {key: value for key, value in source.items() if key != UNUSED and key[:4] != USE}
    return rest | facts | ({UNUSED: unused} if unused else {})

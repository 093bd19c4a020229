"""How an own table will look on paper, before it is kept; open figures as files."""

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.html import DrawnSheet, sheets
from baodao.figures.queries.sql import present
from baodao.figures.rules.sheets import LEVELS
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries.papers import blank_item, item
from baodao.reporttables.queries.tables import filled_table, is_read, usual_period
from baodao.reporttables.rules.own import OwnDefinition
from baodao.reporttables.rules.papers import OWN


def why_blank(actor: Actor, place: Organisation, definition: OwnDefinition) -> str:
    """Why a preview has no figures, in words; empty where it has."""
    declaration = definition.declaration("preview", "preview")
    if Kind(place.kind) not in declaration.levels:
        levels = "、".join(gettext(one.words) for one in declaration.levels)
        words = gettext("Such a table has rows at %(levels)s only; %(place)s offers it to none.")
        return words % {"levels": levels, "place": place.name}
    if not is_read(actor, declaration, place):
        return gettext("You read no figures here, so the form is shown without them.")
    return ""


def own_preview(actor: Actor, place: Organisation, definition: OwnDefinition) -> list[DrawnSheet]:
    """A definition as a paper of an organisation of now; empty for who reads no figures there, and
    where no such table stands."""
    declaration = definition.declaration("preview", "preview")
    kind = Kind(place.kind)
    if kind not in LEVELS or not is_read(actor, declaration, place):
        facts = blank_item(declaration)
    else:
        as_of = present()
        facts = item(filled_table(place, declaration, as_of, usual_period(declaration, as_of)))
    with translation.override("zh-hans"):
        return sheets(OWN, [facts])


def _csv(content: Mapping[str, Any]) -> bytes:
    """The rows and the total below headings, with the mark by which Excel reads them as UTF-8; a
    formula that somebody wrote as a name stays a text."""
    fields, text = content["schema"]["fields"], StringIO()
    writer = csv.writer(text)
    writer.writerow(_text(one["title"]) for one in fields)
    for row in [*content["rows"], {"name": "合计", **content["total"]}]:
        writer.writerow(_written(row.get(one["name"])) for one in fields)
    return text.getvalue().encode("utf-8-sig")


def _written(value: object) -> object:
    if value is None:
        return ""
    return _text(value) if isinstance(value, str) else value


def _text(words: str) -> str:
    return f"'{words}" if words[:1] in _BEGINS_FORMULA else words


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")

OPEN_FILES: dict[str, tuple[str, Callable[[Mapping[str, Any]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", _json),
}
"""By their ending the content type of open figures, and what writes them."""

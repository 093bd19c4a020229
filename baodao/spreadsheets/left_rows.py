"""All rows of one kind that were not read of a sheet, as a list to page through or take along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.errors import Absent
from baodao.spreadsheets.leftovers import NAMES, Leftover
from baodao.ui.exports import Export
from baodao.ui.in_hand import in_hand, naming
from baodao.ui.listing import Column, Listing, Spec
from baodao.ui.requests import ActorRequest


@dataclass(frozen=True)
class LeftRow:
    """A row that was left: its sheet, its number, how it begins."""

    sheet: str
    number: int
    text: str


PAGE = "spreadsheets/left_rows.html"


def left_rows_list(
    request: ActorRequest,
    leftovers: Sequence[Mapping[str, Any]],
    place: int,
    export: Export,
) -> Listing:
    """The rows of that leftover of a report which stands at a place, for the `PAGE`; `Absent` for
    one without."""
    if place >= len(leftovers) or not leftovers[place].get("rows"):
        raise Absent("leftover")
    left = Leftover(**leftovers[place])
    rows = [LeftRow(left.sheet, number, text) for number, text in left.rows]
    return Listing(in_hand(rows), request, _spec(gettext(NAMES[left.kind]), export))


def _spec(title: str, export: Export) -> Spec:
    return Spec(
        title=title,
        columns=[
            Column(_("Row"), lambda row: row.number, "row", ("number",)),
            Column(_("Sheet"), lambda row: row.sheet),
            Column(_("What it says"), lambda row: row.text, "text", ("text",)),
        ],
        order=("number",),
        search=naming("text"),
        search_hint=_("What the row says"),
        export=export,
    )

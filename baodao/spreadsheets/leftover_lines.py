"""What a file left over, in the reader's language, for pages and for the command."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from baodao.spreadsheets.leftovers import NAMES, Leftover


@dataclass(frozen=True)
class LeftoverTap:
    """What one tap does about a leftover: a link to `url`, or else `name`=`value` is sent."""

    label: str
    name: str = ""
    value: str = ""
    url: str = ""


@dataclass(frozen=True)
class LeftoverLine:
    """One leftover in words, with the tap that is offered, if any, and where all of its rows are
    listed if there are more than are told."""

    what: str
    sheet: str
    where: str
    text: str
    count: int
    remedy: str
    tap: LeftoverTap | None
    all_url: str = ""


def leftover_lines(
    leftovers: Iterable[Mapping[str, Any]],
    tap: Callable[[Leftover], LeftoverTap | None],
    rows_url: Callable[[int], str],
) -> list[LeftoverLine]:
    """The lines of the component `ui/components/leftovers.html`, from leftovers as a report keeps
    them; `tap` says what is offered for each, `rows_url` where the rows of the one at a place are
    listed."""
    rows = [Leftover(**facts) for facts in leftovers]
    return [
        LeftoverLine(
            gettext(NAMES[row.kind]),
            row.sheet,
            row.where,
            row.text,
            row.count,
            gettext(row.remedy) if row.remedy else "",
            tap(row),
            rows_url(place) if row.rows else "",
        )
        for place, row in enumerate(rows)
    ]


def leftover_sentence(leftover: Leftover) -> str:
    """A leftover in one line of text."""
    name = gettext(NAMES[leftover.kind])
    parts = [leftover.sheet, leftover.where, leftover.text]
    remedy = gettext(leftover.remedy) if leftover.remedy else ""
    place = " ".join(filter(None, parts))
    return f"{name} ({leftover.count}): {place} {remedy}".rstrip()

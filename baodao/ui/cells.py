"""Cells of a table as HTML, with values escaped and worded as templates do.

Written here and not by a template: a page shows up to a thousand cells, for each of which the
engine takes about fifty microseconds, which was most of the time of every list and table.
"""

from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from baodao.kernel import clock

WHOLE = 12
"""Characters of a cell that is not broken into lines."""

SHORTEST = 3
"""Bytes of a word such as 是, No, Yes, which says nothing without its label."""


def cell(
    label: str,
    value: object,
    url: str | None = "",
    *,
    numeric: bool = False,
    labelled: bool = False,
) -> SafeString:
    """One cell under the head `label`, a link where there is a `url`; `labelled` where the value
    says nothing without its label."""
    text = escaped(value)
    look = "numeric" if numeric else _look(value, text, labelled=labelled)
    if url:
        text = f'<a href="{escape(url)}">{text}</a>'
    return mark_safe(f"{_opening(label, look)}{text}</td>")  # noqa: S308 every part is escaped


@lru_cache(maxsize=1_024)
def _opening(label: str, look: str) -> str:
    """The same few heads stand over all rows."""
    classes = f' class="{look}"' if look else ""
    return f'<td data-label="{conditional_escape(label)}"{classes}>'


def _look(value: object, text: str, *, labelled: bool) -> str:
    """The classes of a cell: what is no text, and a word so short that it says nothing alone, keep
    their label on a phone; what is short stays in one line."""
    alone = isinstance(value, str | Promise) and (not text or len(text.encode()) > SHORTEST)
    label = "labelled" if labelled or not alone else ""
    return f"{label} whole".strip() if len(text) <= WHOLE else label


def escaped(value: Any) -> str:
    """A value in the reader's language, safe in a page."""
    if type(value) is str:
        return escape(value)
    if type(value) is int:
        return str(value)  # figures are grouped in no language here: USE_THOUSAND_SEPARATOR is off
    if isinstance(value, datetime):
        value = clock.local(value)
    elif isinstance(value, date):
        return _day(value, get_language())
    return conditional_escape(localize(value))


@lru_cache(maxsize=4_096)
def _day(day: date, _language: str | None) -> str:
    """A date in the reader's language; the same few dates stand in many rows."""
    return date_format(day)

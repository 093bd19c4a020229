"""Cells of a table and options of a choice as HTML, with values escaped and worded as templates do.

Written here and not by a template: a page shows up to a thousand of them, for each of which the
engine takes about fifty microseconds, which was most of the time of every list and table.
"""

from collections.abc import Iterable
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
from baodao.ui.wording import with_whole_hours

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
    return _drawn(label, with_whole_hours(text), url, look)


def shaded_cell(label: str, value: object, url: str, shade: int) -> SafeString:
    """A cell with a figure; `shade`, 0 to 4, says how strong its colour is."""
    return _drawn(label, escaped(value), url, f"numeric shade-{shade}" if shade else "numeric")


def tick(
    value: object, label: Any, *, form: str = "", name: str = "ids", checked: bool = False
) -> SafeString:
    """The tick of a row: `label` is what a screen reader calls it; it belongs to the form with the
    id `form`, or to the one around it."""
    box = _box(value, name=name, checked=checked, form=form, label=label)
    cell = f'<td class="choose"><label class="tick">{box}</label></td>'
    return mark_safe(cell)  # noqa: S308 every part is escaped


NO_TICK = mark_safe('<td class="choose"></td>')
"""Stands where the tick of a row would, of one that cannot be chosen."""


def tick_box(value: object, *, name: str = "ids", checked: bool = False) -> SafeString:
    """The tick of a line that is a label itself, and whose words say what it is."""
    box = _box(value, name=name, checked=checked)
    return mark_safe(f'<span class="tick">{box}</span>')  # noqa: S308 every part is escaped


def _box(value: object, *, name: str, checked: bool, form: str = "", label: Any = "") -> str:
    belongs = f' form="{escape(form)}"' if form else ""
    state = " checked" if checked else ""
    called = f' aria-label="{conditional_escape(label)}"' if label else ""
    return (
        f'<input class="form-check-input" type="checkbox" name="{escape(name)}" '
        f'value="{escape(str(value))}"{belongs}{state}{called}>'
    )


def options(choices: Iterable[tuple[str, str | Promise]], choice: str | None) -> SafeString:
    """The options of a choice, each a value and its words; `choice` is the value now."""
    parts = (
        f'<option value="{escape(value)}"{" selected" if value == choice else ""}>'
        f"{escape(str(words))}</option>"
        for value, words in choices
    )
    return mark_safe("".join(parts))  # noqa: S308 every part is escaped


def _drawn(label: str, text: str, url: str | None, look: str) -> SafeString:
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
    """A value in the reader's language, safe in a page; nothing where there is none."""
    if value is None:
        return ""
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

"""How a page tells in which order dates of a table are read, with a tap for each other order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel.errors import Absent, gettext_noop
from baodao.spreadsheets.date_orders import DateForm, DateOrder

DATES = "dates"
"""What a tap says: of which form of dates, and what stands first in it."""


@dataclass(frozen=True)
class DateTap:
    """A reading that is offered: what the button sends, and the day that it would make of the
    first such date."""

    value: str
    label: str


@dataclass(frozen=True)
class DateLine:
    """How dates of one form are read, or that it is asked; `taps` read them otherwise."""

    text: str
    taps: list[DateTap] = field(default_factory=list)
    is_open: bool = False


QUESTION = gettext_noop("Day and month can be taken for each other. Which day is “%(text)s”?")
ONLY_ORDER = gettext_noop(
    "“%(text)s” is read as %(day)s: only in this order all such dates of the table can be right."
)
LIKELY_ORDER = gettext_noop(
    "“%(text)s” is read as %(day)s, as the year and month of the table or the time passed suggest."
)
ANSWER = gettext_noop("“%(text)s” is read as %(day)s, as you said.")


def date_lines(packed: Iterable[Mapping[str, Any]]) -> list[DateLine]:
    """What a page says of the dates of a file; each form once where several tables agree."""
    lines: dict[tuple[object, ...], DateLine] = {}
    for one in packed:
        if one["orders"] and one["tells"]:
            key = (one["form"], one["order"], *one["orders"])
            lines.setdefault(key, _line(one))
    return list(lines.values())


def order_sent(value: str) -> dict[str, str]:
    """What a tap says: form → what stands first; absent for what no page offers."""
    form, _divider, order = value.partition("|")
    if form not in set(DateForm) or order not in set(DateOrder):
        raise Absent("dates")
    return {form: order}


def _line(one: Mapping[str, Any]) -> DateLine:
    orders = {order: _day(on) for order, on in one["orders"].items()}
    others = [
        DateTap(f"{one['form']}|{order}", gettext("It is %(day)s") % {"day": day})
        for order, day in orders.items()
        if order != one["order"]
    ]
    if one["order"] is None:
        return DateLine(gettext(QUESTION) % {"text": one["text"]}, others, is_open=True)
    facts = {"text": one["text"], "day": orders[one["order"]]}
    sentence = ANSWER if one["is_said"] else LIKELY_ORDER if others else ONLY_ORDER
    return DateLine(gettext(sentence) % facts, others)


def _day(on: str) -> str:
    return str(date_format(date.fromisoformat(on)))

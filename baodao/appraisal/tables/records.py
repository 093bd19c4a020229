"""The records behind a card as far as each side may see them.

Community and person see a record whole. The unit sees what was done, when and how long, and how it
came in; place, result and the names of those who confirmed tell of residents and stay here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import Side
from baodao.appraisal.tables.words import kind_words
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import TELLS_OF_RESIDENTS
from baodao.ui.wording import time_words

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class RecordCell:
    """One value of a record; `by_hand` values look different, `url` is where it leads."""

    label: str
    text: str
    by_hand: bool = False
    url: str = ""


@dataclass(frozen=True)
class RecordTable:
    """The records with their heads, and their sum."""

    heads: tuple[str, ...]
    lines: tuple[tuple[RecordCell, ...], ...]
    minutes: int

    @property
    def services(self) -> int:
        return len(self.lines)

    @property
    def duration(self) -> str:
        return time_words(self.minutes)


Value = Callable[[ServiceRecord, Words], str]
_COLUMNS: dict[str, tuple[Promise, Value]] = {
    "served_on": (gettext_lazy("Day of service"), lambda row, _: date_format(row.served_on)),
    "category": (
        gettext_lazy("Kind of service"),
        lambda row, words: words["kinds"].get(row.category, row.category),
    ),
    "way": (gettext_lazy("Way of service"), lambda row, words: words["ways"].get(row.way, row.way)),
    "minutes": (gettext_lazy("Time served"), lambda row, _: time_words(row.minutes)),
    "offer_title": (gettext_lazy("Post or activity"), lambda row, _: row.offer_title),
    "place": (gettext_lazy("Place of service"), lambda row, _: row.place),
    "result": (gettext_lazy("Outcome of the service"), lambda row, _: row.result),
    "origin": (gettext_lazy("How it came in"), lambda row, _: row.get_origin_display()),
    "confirmed_by": (gettext_lazy("Confirmed by"), lambda row, _: row.confirmed_by),
}


def visible(side: Side) -> tuple[str, ...]:
    """The fields of a record that a side sees, in their order."""
    whole = side in (Side.COMMUNITY, Side.OWN)
    return tuple(name for name in _COLUMNS if whole or name not in TELLS_OF_RESIDENTS)


def records_table(card: FeedbackCard, rows: Iterable[ServiceRecord], side: Side) -> RecordTable:
    """The records for one side; columns that are empty in every row are left out.

    To the community the day opens the record; to the person, who knows it, the last column offers
    to object to it.
    """
    words = {what: kind_words(card, what) for what in ("kinds", "ways")}
    records = list(rows)
    names = [name for name in visible(side) if any(getattr(row, name) for row in records)]
    lines = tuple(tuple(_line(names, row, words, side)) for row in records)
    heads = tuple(str(_COLUMNS[name][0]) for name in names)
    if side is Side.OWN:
        heads += (gettext("Objection"),)
    return RecordTable(heads, lines, sum(row.minutes for row in records))


def _line(
    names: Iterable[str], row: ServiceRecord, words: Words, side: Side
) -> Iterator[RecordCell]:
    for name in names:
        label, value = _COLUMNS[name]
        by_hand = name == "origin" and row.by_hand
        opens = name == "served_on" and side is Side.COMMUNITY
        url = reverse("statements:record", args=[row.community_id, row.id]) if opens else ""
        yield RecordCell(str(label), value(row, words), by_hand, url)
    if side is Side.OWN:
        url = reverse("statements:dispute", args=[row.community_id, row.id])
        yield RecordCell(gettext("Objection"), gettext("Something is wrong"), url=url)


def heading(card: FeedbackCard, what: str, option: str) -> str:
    """What one tick is called; `gettext` of the dictionary's word."""
    return kind_words(card, what).get(option) or gettext(option)

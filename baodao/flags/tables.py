"""The list of flags, and each with its reasons and the records that make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.flags.models import Flag
from baodao.flags.queries.flags import MOST_ROWS, waiting
from baodao.flags.rules.life import CORRECTED, FlagState
from baodao.flags.rules.patterns import SENTENCES, Pattern
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, filled, time_words

Rows = QuerySet[Any]
WAITING = "waiting"
"""The choice of all that a human has still to decide."""


def state_words(row: Any) -> str:
    """How a flag stands: a record that was reversed is settled, whatever was said before."""
    if row.undone and row.state != FlagState.DISMISSED:
        return gettext(CORRECTED[1])
    return str(row.get_state_display())


def _pattern_words(row: Flag) -> str:
    return "、".join(gettext(Pattern.words_of(code)) for code in row.grounds)


def _with_pattern(rows: Rows, code: str) -> Rows:
    return rows.filter(patterns__has_key=code)


def _in_state(rows: Rows, state: str) -> Rows:
    if state == WAITING:
        return waiting(rows)
    if state == CORRECTED[0]:
        return rows.filter(undone=True).exclude(state=FlagState.DISMISSED)
    if state == FlagState.DISMISSED:
        return rows.filter(state=state)
    return rows.filter(state=state, undone=False)


def _search(rows: Rows, words: str) -> Rows:
    by_name = matching(words, prefix="record__person__")
    return rows.filter(by_name) | rows.filter(record__recorded_by__contains=words)


def flags_spec(rows: Rows) -> Spec:
    """The oldest first; filters by pattern, community, who entered it and how it stands."""
    places = rows.order_by("community__path").values_list("community", "community__name")
    names = rows.order_by("record__recorded_by").values_list("record__recorded_by", flat=True)
    return Spec(
        title=gettext_lazy("Flags"),
        totals=lambda rows: waiting(rows).count(),
        columns=(
            Column(
                gettext_lazy("Name"),
                lambda row: row.record.person.name,
                url=lambda row: row_url("flags:flag", row.pk),
            ),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("Day of service"), lambda row: row.record.served_on),
            Column(gettext_lazy("Time served"), lambda row: time_words(row.record.minutes)),
            Column(gettext_lazy("What stands out"), _pattern_words),
            Column(gettext_lazy("Recorded by"), lambda row: row.record.recorded_by),
            Column(
                gettext_lazy("Noted on"),
                lambda row: clock.day_of(row.noted_at),
                "noted",
                ("noted_at",),
            ),
            Column(gettext_lazy("State"), state_words),
        ),
        order=("noted_at",),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name of the person, or of who entered it"),
        filters=(
            Filter("pattern", gettext_lazy("Pattern"), code_choices(Pattern), _with_pattern),
            Filter(
                "community",
                gettext_lazy("Community"),
                [(str(key), name) for key, name in dict(places.distinct()).items()],
                equals("community"),
            ),
            Filter(
                "by",
                gettext_lazy("Recorded by"),
                [(name, name) for name in names.distinct()],
                equals("record__recorded_by"),
            ),
            Filter(
                "state",
                gettext_lazy("State"),
                [
                    (WAITING, gettext_lazy("Undecided")),
                    *code_choices(FlagState),
                    (CORRECTED[0], gettext(CORRECTED[1])),
                ],
                _in_state,
            ),
        ),
        empty=gettext_lazy("No service record stands out."),
        empty_hint=gettext_lazy("Every night what was recorded is looked through."),
        export=list_file,
    )


@dataclass(frozen=True)
class ReasonLine:
    """Why a record stands out, in words, with the records that make the pattern, or so many of them
    as a page shows and whether there are `more`."""

    sentence: str
    records: Sequence[ServiceRecord]
    more: bool


def reason_lines(
    flag: Flag, records: dict[str, list[ServiceRecord]] | None = None
) -> list[ReasonLine]:
    """The reasons of a flag in the reader's language."""
    near = records or {}
    return [
        ReasonLine(filled(SENTENCES[Pattern(code)], figures), *_cut(near.get(code, ())))
        for code, figures in flag.grounds.items()
    ]


def _cut(records: Sequence[ServiceRecord]) -> tuple[Sequence[ServiceRecord], bool]:
    """So many records as a page shows, and whether there are more."""
    return records[:MOST_ROWS], len(records) > MOST_ROWS

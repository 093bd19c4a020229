"""Bookings of a kind as a list: columns, tabs, files; nobody's name and no telephone."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from baodao.bookings.queries.bookings import by_words
from baodao.bookings.rules.bookings import BOOKING, BookingState, BookingWay
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.ui.listing import Column, Filter, Spec, Text, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]

TABS = {
    "waiting": gettext_lazy("To be confirmed"),
    "agreed": gettext_lazy("Is confirmed"),
    "over": gettext_lazy("Over"),
}
FIRST_TAB = "waiting"
STATES = {"waiting": BookingState.BOOKED, "agreed": BookingState.AGREED}


def in_tab(rows: Rows, tab: str) -> Rows:
    """Those that wait, are confirmed, or are over by what became of them."""
    tab = tab or FIRST_TAB
    return rows.filter(state=STATES[tab]) if tab in STATES else rows.filter(state__in=BOOKING.over)


def in_tab_by_hour(rows: Rows, tab: str) -> Rows:
    """The same where nobody says afterwards what became of it: over, too, is what has ended."""
    ended = rows.filter(ends_at__lte=clock.now())
    tab = tab or FIRST_TAB
    if tab in STATES:
        return in_tab(rows, tab).filter(ends_at__gt=clock.now())
    return in_tab(rows, tab) | ended


def bookings_spec(
    title: Text,
    columns: Sequence[Column],
    more: Column,
    search: tuple[tuple[str, ...], Text],
    tab: Callable[[Rows, str], Rows],
) -> Spec:
    """What is booked when, and how it stands, the soonest first. `columns` say what, `more` is told
    of it beside; `search` names columns, and what can be typed."""
    return Spec(
        title=title,
        columns=(
            *columns,
            Column(gettext_lazy("When"), lambda row: row.when, "when", ("starts_at",)),
            Column(gettext_lazy("How it was booked"), lambda row: row.get_way_display()),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            more,
            Column(gettext_lazy("Reason"), lambda row: row.why, export_only=True),
        ),
        tabs=Filter("state", gettext_lazy("State"), list(TABS.items()), tab),
        order=("starts_at",),
        search=by_words(*search[0]),
        search_hint=search[1],
        filters=(
            Filter(
                "way", gettext_lazy("How it was booked"), code_choices(BookingWay), equals("way")
            ),
        ),
        empty=gettext_lazy("There is no such booking here."),
        export=list_file,
    )

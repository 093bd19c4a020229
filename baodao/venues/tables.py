"""Places of a keeper, and the bookings of their rooms: columns, tabs, files; nobody's name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from baodao.alliance.rules.appointments import BookingWay
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.ui.addresses import row_url
from baodao.ui.hours import week_lines
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, span_words
from baodao.venues.models import Venue
from baodao.venues.queries.bookings import found_by_words
from baodao.venues.rules.bookings import RoomBookingState
from baodao.venues.rules.venues import VenueKind

Rows = QuerySet[Any]

TABS = {
    "waiting": gettext_lazy("To be confirmed"),
    "agreed": gettext_lazy("Is confirmed"),
    "over": gettext_lazy("Over"),
}
FIRST_TAB = "waiting"


def _in_tab(rows: Rows, tab: str) -> Rows:
    ahead = rows.filter(ends_at__gt=clock.now())
    over = rows.exclude(pk__in=ahead.exclude(state=RoomBookingState.CANCELLED).order_by())
    states = {"waiting": RoomBookingState.BOOKED, "agreed": RoomBookingState.AGREED}
    return ahead.filter(state=states[tab]) if tab in states else over


def bookings_spec() -> Spec:
    """Which room is booked when, and how it stands; the soonest first."""
    return Spec(
        title=gettext_lazy("Bookings of rooms"),
        columns=(
            Column(
                gettext_lazy("Room"),
                lambda row: row.room.title,
                url=lambda row: row_url("venues:booking", row.pk),
            ),
            Column(gettext_lazy("Service venue"), lambda row: row.room.venue.name),
            Column(
                gettext_lazy("When"),
                lambda row: span_words(row.starts_at, row.ends_at),
                "when",
                ("starts_at",),
            ),
            Column(gettext_lazy("Unit"), lambda row: row.unit.name if row.unit else ""),
            Column(gettext_lazy("How it was booked"), lambda row: row.get_way_display()),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Reason"), lambda row: row.why, export_only=True),
        ),
        tabs=Filter(
            "state",
            gettext_lazy("State"),
            list(TABS.items()),
            lambda rows, key: _in_tab(rows, key or FIRST_TAB),
        ),
        order=("starts_at",),
        search=found_by_words,
        search_hint=gettext_lazy("Place, room, code"),
        filters=(
            Filter(
                "way", gettext_lazy("How it was booked"), code_choices(BookingWay), equals("way")
            ),
        ),
        empty=gettext_lazy("There is no such booking here."),
        export=list_file,
    )


def _hours(row: Venue) -> str:
    return "；".join(f"{day} {hours}" for day, hours in week_lines(row.weekly))


def venues_spec() -> Spec:
    """The list of places (阵地清单), from the top down."""
    return Spec(
        title=gettext_lazy("Places of service"),
        columns=(
            Column(
                gettext_lazy("Service venue"),
                lambda row: row.name,
                "name",
                ("name",),
                url=lambda row: row_url("venues:venue", row.pk),
            ),
            Column(gettext_lazy("Kind of place"), lambda row: row.get_kind_display()),
            Column(gettext_lazy("Whose it is"), lambda row: row.organisation.name),
            Column(gettext_lazy("Address of the place"), lambda row: row.address),
            Column(gettext_lazy("Opening hours"), _hours),
            Column(gettext_lazy("Rooms"), lambda row: "、".join(one.title for one in row.lent)),
            Column(
                gettext_lazy("Windows"),
                lambda row: "；".join(f"{one.title}：{one.text}" for one in row.serving),
                export_only=True,
            ),
            Column(gettext_lazy("Telephone"), lambda row: row.phone, export_only=True),
        ),
        order=("organisation__path", "opened_at"),
        search=lambda rows, words: (
            rows.filter(name__icontains=words) | rows.filter(address__icontains=words)
        ),
        search_hint=gettext_lazy("Name or address"),
        filters=(
            Filter("kind", gettext_lazy("Kind of place"), code_choices(VenueKind), equals("kind")),
        ),
        empty=gettext_lazy("There is no place of service here yet."),
        export=list_file,
    )

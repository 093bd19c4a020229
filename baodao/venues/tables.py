"""Places of a keeper, and the bookings of their rooms: columns, tabs, files; nobody's name."""

from django.utils.translation import gettext_lazy

from baodao.bookings.tables import bookings_spec, in_tab_by_hour
from baodao.documents.files import list_file
from baodao.ui.addresses import row_url
from baodao.ui.hours import week_lines
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices
from baodao.venues.models import Venue
from baodao.venues.rules.venues import VenueKind


def room_bookings_spec() -> Spec:
    """Which room is booked when, and how it stands."""
    columns = (
        Column(
            gettext_lazy("Room"),
            lambda row: row.room.title,
            url=lambda row: row_url("venues:booking", row.pk),
        ),
        Column(gettext_lazy("Service venue"), lambda row: row.room.venue.name),
    )
    unit = Column(gettext_lazy("Unit"), lambda row: row.unit.name if row.unit else "")
    search = ("room__title", "room__venue__name"), gettext_lazy("Place, room, code")
    title = gettext_lazy("Bookings of rooms")
    return bookings_spec(title, columns, unit, search, in_tab_by_hour)


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

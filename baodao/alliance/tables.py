"""The appointments of a community: columns, tabs, file; no name and no telephone."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from baodao.alliance.queries.appointments import found_by_words
from baodao.alliance.rules.appointments import APPOINTMENT, AppointmentState, BookingWay
from baodao.documents.files import list_file
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, span_words

Rows = QuerySet[Any]

TABS = {
    "waiting": (gettext_lazy("To be confirmed"), (AppointmentState.BOOKED,)),
    "agreed": (gettext_lazy("Is confirmed"), (AppointmentState.AGREED,)),
    "over": (gettext_lazy("Over"), APPOINTMENT.over),
}
FIRST_TAB = "waiting"


def appointments_spec() -> Spec:
    """What is booked with whom, and what became of it; the soonest first."""
    return Spec(
        title=gettext_lazy("Appointments"),
        columns=(
            Column(
                gettext_lazy("What is booked"),
                lambda row: row.service.title,
                url=lambda row: row_url("alliance:appointment", row.pk),
            ),
            Column(gettext_lazy("Who offers"), lambda row: row.service.member.name),
            Column(
                gettext_lazy("When"),
                lambda row: span_words(row.starts_at, row.ends_at),
                "when",
                ("starts_at",),
            ),
            Column(gettext_lazy("How it was booked"), lambda row: row.get_way_display()),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("The visitor's word"), lambda row: row.get_word_display()),
            Column(gettext_lazy("Reason"), lambda row: row.why, export_only=True),
        ),
        tabs=Filter(
            "state",
            gettext_lazy("State"),
            [(key, label) for key, (label, _) in TABS.items()],
            lambda rows, key: rows.filter(state__in=TABS[key or FIRST_TAB][1]),
        ),
        order=("starts_at",),
        search=found_by_words,
        search_hint=gettext_lazy("What is booked, who offers, code"),
        filters=(
            Filter(
                "way", gettext_lazy("How it was booked"), code_choices(BookingWay), equals("way")
            ),
        ),
        empty=gettext_lazy("There is no such appointment here."),
        export=list_file,
    )

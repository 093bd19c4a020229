"""The appointments of a community as a list."""

from django.utils.translation import gettext_lazy

from baodao.bookings.tables import bookings_spec, in_tab
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Spec


def appointments_spec() -> Spec:
    """What is booked with whom, and what became of it."""
    columns = (
        Column(
            gettext_lazy("What is booked"),
            lambda row: row.service.title,
            url=lambda row: row_url("alliance:appointment", row.pk),
        ),
        Column(gettext_lazy("Who offers"), lambda row: row.service.member.name),
    )
    word = Column(gettext_lazy("The visitor's word"), lambda row: row.get_word_display())
    hint = gettext_lazy("What is booked, who offers, code")
    search = ("service__title", "service__member__name"), hint
    return bookings_spec(gettext_lazy("Appointments"), columns, word, search, in_tab)

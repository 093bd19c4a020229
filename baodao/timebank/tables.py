"""The orders of the time bank in a community: columns, tabs, file; no name and no balance."""

from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.timebank.models import TimeOrder
from baodao.timebank.queries.orders import found_by_words
from baodao.timebank.rules.orders import TimeOrderState
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec

TABS = {
    "ordered": (gettext_lazy("Ordered"), (TimeOrderState.ORDERED,)),
    "over": (gettext_lazy("Over"), (TimeOrderState.DONE, TimeOrderState.CANCELLED)),
}
FIRST_TAB = "ordered"


def for_whom(row: TimeOrder) -> str:
    """For whom it was ordered, by relation alone."""
    whom = row.kin.get_relation_display() if row.kin else row.account.get_kind_display()
    return str(whom)


def orders_spec() -> Spec:
    """What was ordered and what became of it, the oldest first."""
    return Spec(
        title=gettext_lazy("Orders of the time bank"),
        columns=(
            Column(
                gettext_lazy("What was ordered"),
                lambda row: row.words,
                url=lambda row: row_url("timebank:order", row.pk),
            ),
            Column(gettext_lazy("For whom it is"), for_whom),
            Column(gettext_lazy("Minutes"), lambda row: row.minutes, "minutes", ("minutes",)),
            Column(
                gettext_lazy("Ordered at"),
                lambda row: row.ordered_at,
                "ordered",
                ("ordered_at",),
            ),
            Column(gettext_lazy("How it was ordered"), lambda row: row.get_way_display()),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        ),
        tabs=Filter(
            "state",
            gettext_lazy("State"),
            [(key, label) for key, (label, _) in TABS.items()],
            lambda rows, key: rows.filter(state__in=TABS[key or FIRST_TAB][1]),
        ),
        order=("ordered_at",),
        search=found_by_words,
        search_hint=gettext_lazy("What was ordered"),
        empty=gettext_lazy("There is no such order here."),
        export=list_file,
    )

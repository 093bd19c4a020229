"""The list of the units that reported to a community: columns, filters, order, export."""

from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.partnership.rules.states import UnitState
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.wording import code_choices


def units_here() -> Spec:
    """Units that reported to a community."""
    return Spec(
        title=gettext_lazy("Units here"),
        columns=(
            Column(gettext_lazy("Unit"), lambda row: row.unit.name, "unit", ("unit__name",)),
            Column(gettext_lazy("Secretary of the unit"), lambda row: row.secretary),
            Column(
                gettext_lazy("Contact person"),
                lambda row: f"{row.contact_name} {row.contact_phone}",
            ),
            Column(gettext_lazy("What the unit can offer"), lambda row: row.resources),
            Column(
                gettext_lazy("Submitted on"),
                lambda row: clock.day_of(row.submitted_at),
                "submitted",
                ("submitted_at",),
            ),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        ),
        order=("-submitted_at",),
        search=lambda rows, words: rows.filter(unit__name__icontains=words),
        search_hint=gettext_lazy("Name of the unit"),
        filters=(
            Filter(
                "state",
                gettext_lazy("State"),
                code_choices(UnitState),
                lambda rows, state: rows.filter(state=state),
            ),
        ),
        empty=gettext_lazy("No unit has reported here yet."),
        empty_hint=gettext_lazy("A unit appears here once it presents its contact form."),
        export=list_file,
    )

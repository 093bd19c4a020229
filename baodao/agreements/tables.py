"""The list of agreements: columns, filters, files."""

from django.utils.translation import gettext_lazy

from baodao.agreements.rules.agreements import AgreementState
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices


def agreements_of() -> Spec:
    """Agreements of units and communities."""
    return Spec(
        title=gettext_lazy("Agreements"),
        columns=(
            Column(
                gettext_lazy("Unit"),
                lambda row: row.unit.name,
                "unit",
                ("unit__name",),
                url=lambda row: row_url("agreements:agreement", row.pk),
            ),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("Year"), lambda row: str(row.year), "year", ("year",)),
            Column(gettext_lazy("Number"), lambda row: row.number_text),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(
                gettext_lazy("Signed on"),
                lambda row: clock.day_of(row.signed_at),
                "signed",
                ("signed_at",),
                labelled=True,
            ),
        ),
        order=("-year", "-drafted_at"),
        search=lambda rows, words: rows.filter(unit__name__icontains=words),
        search_hint=gettext_lazy("Name of the unit"),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(AgreementState), equals("state")),
        ),
        empty=gettext_lazy("There is no agreement yet."),
        empty_hint=gettext_lazy("Either side drafts one; both agree on it clause by clause."),
        export=list_file,
    )

"""The lists of organisations."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import organisations_found
from baodao.orgs.rules.tree import Kind
from baodao.ui.listing import Column, Filter, Spec


def _state(row: Organisation) -> str:
    if row.closed_at is None:
        return gettext("not closed")
    day = date_format(clock.local(row.closed_at), "DATE_FORMAT")
    return gettext("closed on %(day)s") % {"day": day}


def organisations_spec() -> Spec:
    """Organisations with what stands above each."""
    return Spec(
        title=_("Organisations"),
        columns=(
            Column(
                _("Name of the organisation"),
                lambda row: row.name,
                key="name",
                sorts=("pinyin",),
                url=lambda row: reverse("orgs:organisation", args=[row.pk]),
            ),
            Column(_("Kind"), lambda row: gettext(Kind(row.kind).words)),
            Column(_("Organisation code"), lambda row: row.code, key="code", sorts=("code",)),
            Column(_("Above"), lambda row: row.parent.name if row.parent else ""),
            Column(_("Contact"), lambda row: f"{row.contact_name} {row.contact_phone}".strip()),
            Column(_("State"), _state),
        ),
        order=("path",),
        search=organisations_found,
        search_hint=_("Name, pinyin initials or code"),
        filters=(
            Filter(
                "kind",
                _("Kind"),
                [(kind.value, _(kind.words)) for kind in Kind],
                lambda rows, kind: rows.filter(kind=kind),
            ),
            Filter(
                "state",
                _("State"),
                [("open", _("not closed")), ("closed", _("closed"))],
                lambda rows, state: rows.filter(closed_at__isnull=state == "open"),
            ),
        ),
        empty=_("There is nothing here yet."),
        empty_hint=_("Places come from the division table; units and branches are added here."),
    )

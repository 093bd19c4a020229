"""Every address of the project, slice by slice."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from baodao.accounts.urls import signing
from baodao.config import views
from baodao.config.api import NAMESPACE, operations


class Anything(StringConverter):
    """The rest of an address that is not there: it may hold line breaks too."""

    regex = "(?s:.+)"


register_converter(Anything, "anything")

api: list[URLPattern | URLResolver] = [
    path("", views.api_reference, name="api-root"),
    path("openapi.json", views.api_description, name="openapi"),
    *operations(),
    path("<anything:rest>", views.api_nowhere, name="nowhere"),
]
"""`api-root` is the name that django-ninja looks for to find where it is mounted."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api, "ninja"), namespace=NAMESPACE)),
    path("", include(signing)),
    path("", include("baodao.ui.urls")),
    path("", include("baodao.accounts.urls")),
    path("", include("baodao.documents.urls")),
    path("", include("baodao.notices.urls")),
    path("", include("baodao.vocabulary.urls")),
    path("", include("baodao.layouts.urls")),
    path("", include("baodao.orgs.urls")),
    path("", include("baodao.divisions.urls")),
    path("", include("baodao.people.urls")),
    path("", include("baodao.identities.urls")),
    path("", include("baodao.rosters.urls")),
    path("", include("baodao.partnership.urls")),
    path("", include("baodao.exemptions.urls")),
    path("", include("baodao.registration.urls")),
    path("", include("baodao.checklist.urls")),
    path("", include("baodao.gatherings.urls")),
    path("", include("baodao.ledger.urls")),
    path("", include("baodao.statements.urls")),
    path("", include("baodao.timesheets.urls")),
    path("", include("baodao.householdsheets.urls")),
    path("", include("baodao.residents.urls")),
    path("", include("baodao.needs.urls")),
    path("", include("baodao.talents.urls")),
    path("", include("baodao.alliance.urls")),
    path("", include("baodao.timebank.urls")),
    path("", include("baodao.venues.urls")),
    path("", include("baodao.agenda.urls")),
    path("", include("baodao.series.urls")),
    path("", include("baodao.callups.urls")),
    path("", include("baodao.orders.urls")),
    path("", include("baodao.teams.urls")),
    path("", include("baodao.problems.urls")),
    path("", include("baodao.committees.urls")),
    path("", include("baodao.pairings.urls")),
    path("", include("baodao.visits.urls")),
    path("", include("baodao.helpgroups.urls")),
    path("", include("baodao.resources.urls")),
    path("", include("baodao.agreements.urls")),
    path("", include("baodao.commitments.urls")),
    path("", include("baodao.adoptions.urls")),
    path("", include("baodao.opinions.urls")),
    path("", include("baodao.honours.urls")),
    path("", include("baodao.claims.urls")),
    path("", include("baodao.offers.urls")),
    path("", include("baodao.attendance.urls")),
    path("", include("baodao.appraisal.urls")),
    path("", include("baodao.flags.urls")),
    path("", include("baodao.insight.urls")),
    path("", include("baodao.reporttables.urls")),
    path("", include("baodao.policies.urls")),
    path("", include("baodao.trials.urls")),
    path("", include("baodao.reports.urls")),
    path("", include("baodao.inquiries.urls")),
    path("", include("baodao.allocation.urls")),
    path("", include("baodao.home.urls")),
    path("demo/", include("baodao.demo.urls")),
]

handler404 = "baodao.ui.views.not_found"

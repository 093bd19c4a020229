"""Addresses of the slice agreements."""

from django.urls import URLPattern, path

from baodao.agreements.views import agreements, clauses, keeping

app_name = "agreements"

ONE = "agreements/<uuid:agreement_id>/"

urlpatterns: list[URLPattern] = [
    path("agreements/", agreements.agreements, name="list"),
    path("agreements/new/", agreements.new, name="new"),
    path("agreements/clauses/", clauses.template, name="template"),
    path(ONE, agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>.<slug:ending>", agreements.paper, name="paper"),
    path(f"{ONE}agree/", clauses.agree, name="agree"),
    path(f"{ONE}clauses/<uuid:clause_id>/", clauses.wording, name="wording"),
    path(f"{ONE}clauses/<uuid:clause_id>/kept/", keeping.state, name="kept"),
    path(f"{ONE}clauses/<uuid:clause_id>/kept/decline/", keeping.decline, name="kept_decline"),
    path(f"{ONE}kept/", keeping.confirm, name="kept_confirm"),
    path(f"{ONE}plan/<int:month>/", clauses.plan, name="plan"),
    path(f"{ONE}progress/<slug:counted>/", agreements.progress, name="progress"),
    path(f"{ONE}sign/", agreements.sign, name="sign"),
    path(f"{ONE}end/", agreements.end, name="end"),
]

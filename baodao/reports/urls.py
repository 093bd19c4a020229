"""Addresses of the slice reports."""

from django.urls import URLPattern, path

from baodao.reports.views import reports, rounds

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("reports/", reports.reports, name="list"),
    path("reports/draft/", reports.draft, name="draft"),
    path("reports/received/", rounds.received, name="received"),
    path("reports/received/acknowledge/", rounds.acknowledge, name="acknowledge"),
    path("reports/received/<uuid:receipt_id>/return/", rounds.return_report, name="return"),
    path("reports/<uuid:report_id>/", reports.report, name="report"),
    path("reports/<uuid:report_id>/parts/<str:part>/", reports.part, name="part"),
    path("reports/<uuid:report_id>/refresh/", reports.refresh, name="refresh"),
    path("reports/<uuid:report_id>/submit/", reports.submission, name="submit"),
    path("reports/<uuid:report_id>/again/", reports.again, name="again"),
    path("reports/<uuid:report_id>/paper.<str:ending>", reports.paper, name="paper"),
]

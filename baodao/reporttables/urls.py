"""Addresses of the slice reporttables."""

from django.urls import URLPattern, path

from baodao.reporttables import views

app_name = "reporttables"

urlpatterns: list[URLPattern] = [
    path("report-tables/issued/<uuid:report_table_id>/<str:ending>/", views.issued, name="issued"),
    path("report-tables/<str:code>/", views.tables, name="tables"),
    path("report-tables/<str:code>/<str:report_sheet>/", views.table, name="table"),
    path("report-tables/<str:code>/<str:report_sheet>/issue/", views.issue, name="issue"),
]

"""Addresses of the slice reporttables."""

from django.urls import URLPattern, path

from baodao.reporttables.views import own, tables

app_name = "reporttables"

urlpatterns: list[URLPattern] = [
    path("settings/tables/", own.own_tables, name="own_tables"),
    path("settings/tables/new/", own.new_own_table, name="new_own_table"),
    path("settings/tables/<uuid:own_table_id>/", own.own_table, name="own_table"),
    path("settings/tables/<uuid:own_table_id>/end/", own.end_own_table, name="end_own_table"),
    path("burden/", tables.burden, name="burden"),
    path("report-tables/issued/<uuid:report_table_id>/<str:ending>/", tables.issued, name="issued"),
    path("report-tables/<str:code>/", tables.tables, name="tables"),
    path("report-tables/<str:code>/<str:report_sheet>/", tables.table, name="table"),
    path(
        "report-tables/<str:code>/<str:report_sheet>/open/<str:open_ending>/",
        tables.open_file,
        name="open",
    ),
    path("report-tables/<str:code>/<str:report_sheet>/issue/", tables.issue, name="issue"),
]

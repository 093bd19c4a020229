"""Addresses of the slice timesheets."""

from django.urls import URLPattern, path

from baodao.timesheets import views

app_name = "timesheets"

_ONE = "records/import/<uuid:record_import_id>/"

urlpatterns: list[URLPattern] = [
    path("records/import/", views.choose, name="all"),
    path("records/import/template.xlsx", views.template, name="template"),
    path(_ONE, views.timesheet, name="timesheet"),
    path(f"{_ONE}apply/", views.apply, name="apply"),
    path(f"{_ONE}cancel/", views.cancel, name="cancel"),
    path(f"{_ONE}columns/", views.columns, name="columns"),
    path(f"{_ONE}services/", views.lines, {"what": "services"}, name="services"),
    path(f"{_ONE}people/", views.lines, {"what": "people"}, name="people"),
    path(f"{_ONE}left-out/", views.lines, {"what": "left-out"}, name="left_out"),
    path(f"{_ONE}left/<int:place>/", views.left_rows, name="left_rows"),
    path(f"{_ONE}undo/", views.undo, name="undo"),
    path(f"{_ONE}remarks.xlsx", views.remarks, name="remarks"),
]

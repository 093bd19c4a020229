"""Addresses of the slice timesheets."""

from django.urls import URLPattern, path

from baodao.timesheets import views

app_name = "timesheets"

_ONE = "records/import/<uuid:record_import_id>/"

urlpatterns: list[URLPattern] = [
    path("records/import/", views.choose, name="all"),
    path("records/import/template.xlsx", views.template, name="template"),
    path(_ONE, views.preview, name="timesheet"),
    path(f"{_ONE}apply/", views.apply, name="apply"),
    path(f"{_ONE}undo/", views.undo, name="undo"),
    path(f"{_ONE}remarks.xlsx", views.remarks, name="remarks"),
]

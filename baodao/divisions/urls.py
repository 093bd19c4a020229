"""Addresses of the slice divisions: a table is chosen, compared, applied, undone."""

from django.urls import URLPattern, path

from baodao.divisions.views import columns, imports

app_name = "divisions"
urlpatterns: list[URLPattern] = [
    path("divisions/", imports.choose, name="choose"),
    path("divisions/compare/", imports.compare, name="compare"),
    path("divisions/columns/", columns.columns, name="columns"),
    path("divisions/left/<int:place>/", imports.left_rows, name="left_rows"),
    path("divisions/apply/", imports.apply, name="apply"),
    path("divisions/<uuid:division_import_id>/undo/", imports.undo, name="undo"),
]

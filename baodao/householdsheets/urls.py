"""Addresses of the slice householdsheets."""

from django.urls import URLPattern, path

from baodao.householdsheets.views import registers

app_name = "householdsheets"

_ONE = "households/import/<uuid:household_import_id>/"

urlpatterns: list[URLPattern] = [
    path("households/import/", registers.choose, name="all"),
    path(
        "households/import/template.xlsx",
        registers.template,
        {"has_examples": False},
        name="template",
    ),
    path(
        "households/import/example.xlsx",
        registers.template,
        {"has_examples": True},
        name="example",
    ),
    path(_ONE, registers.register, name="register"),
    path(f"{_ONE}columns/", registers.columns, name="columns"),
    path(f"{_ONE}left/<int:place>/", registers.left_rows, name="left_rows"),
    path(f"{_ONE}cancel/", registers.cancel, name="cancel"),
    path(f"{_ONE}undo/", registers.undo, name="undo"),
]

"""Addresses of the slice divisions: a table is chosen, compared, applied, undone."""

from django.urls import URLPattern, path

from baodao.divisions import views

app_name = "divisions"
urlpatterns: list[URLPattern] = [
    path("divisions/", views.choose, name="choose"),
    path("divisions/compare/", views.compare, name="compare"),
    path("divisions/apply/", views.apply, name="apply"),
    path("divisions/<uuid:division_import_id>/undo/", views.undo, name="undo"),
]

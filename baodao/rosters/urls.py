"""Addresses of the slice rosters."""

from django.urls import URLPattern, path

from baodao.rosters.views import roster

app_name = "rosters"
urlpatterns: list[URLPattern] = [
    path("people/rosters/", roster.all_rosters, name="all"),
    path("people/rosters/own/", roster.own_people, name="own_people"),
    path("people/rosters/template.xlsx", roster.template, name="template"),
    path("people/rosters/<uuid:import_id>/", roster.roster, name="roster"),
    path("people/rosters/<uuid:import_id>/apply/", roster.apply, name="apply"),
    path("people/rosters/<uuid:import_id>/cancel/", roster.cancel, name="cancel"),
    path("people/rosters/<uuid:import_id>/columns/", roster.columns, name="columns"),
    path("people/rosters/<uuid:import_id>/left/<int:place>/", roster.left_rows, name="left_rows"),
    path("people/rosters/<uuid:import_id>/undo/", roster.undo, name="undo"),
    path("people/rosters/<uuid:import_id>/remarks.xlsx", roster.remarks, name="remarks"),
]

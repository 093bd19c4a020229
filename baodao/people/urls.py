"""Addresses of the slice people."""

from django.urls import URLPattern, path

from baodao.people.views import communities, people, roster

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("communities/", communities.options, name="communities"),
    path("me/facts/", people.own_facts, name="own_facts"),
    path("people/", people.people, name="list"),
    path("people/<uuid:person_id>/edit/", people.edit, name="edit"),
    path("people/rosters/", roster.all_rosters, name="rosters"),
    path("people/rosters/<uuid:import_id>/", roster.roster, name="roster"),
    path("people/rosters/<uuid:import_id>/apply/", roster.apply, name="roster_apply"),
    path("people/rosters/<uuid:import_id>/cancel/", roster.cancel, name="roster_cancel"),
    path("people/rosters/<uuid:import_id>/columns/", roster.columns, name="roster_columns"),
    path("people/rosters/<uuid:import_id>/remarks.xlsx", roster.remarks, name="roster_remarks"),
]

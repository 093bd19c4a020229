"""Addresses of the slice people."""

from django.urls import URLPattern, path

from baodao.people.views import people

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="list"),
    path("people/<uuid:person_id>/edit/", people.edit, name="edit"),
]

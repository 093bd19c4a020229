"""Addresses of the slice partnership."""

from django.urls import URLPattern, path

from baodao.partnership import views

app_name = "partnership"

urlpatterns: list[URLPattern] = [
    path("units/", views.units, name="units"),
    path("units/<uuid:unit_registration_id>/accept/", views.accept, name="accept"),
    path("units/<uuid:unit_registration_id>/return/", views.give_back, name="return"),
    path("unit-registration/", views.standing, name="standing"),
    path("unit-registration/present/", views.present, name="present"),
    path("unit-registration/<uuid:unit_registration_id>/end/", views.end, name="end"),
    path(
        "unit-registration/<uuid:unit_registration_id>/paper.<slug:ending>",
        views.paper,
        name="paper",
    ),
]

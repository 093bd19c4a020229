"""Addresses of the slice attendance."""

from django.urls import URLPattern, path

from baodao.attendance import views

app_name = "attendance"

urlpatterns: list[URLPattern] = [
    path("offers/<uuid:offer_id>/roll/", views.roll, name="roll"),
]

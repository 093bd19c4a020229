"""Addresses of the slice exemptions."""

from django.urls import URLPattern, path

from baodao.exemptions import views

app_name = "exemptions"

urlpatterns: list[URLPattern] = [
    path("exemptions/", views.all_exemptions, name="all"),
    path("exemptions/request/<uuid:person_id>/", views.ask, name="request"),
    path("exemptions/<uuid:exemption_id>/decide/", views.decide, name="decide"),
    path("exemptions/<uuid:exemption_id>/revoke/", views.revoke, name="revoke"),
]

"""Addresses of the slice claims."""

from django.urls import URLPattern, path

from baodao.claims.views import claims, papers

app_name = "claims"

urlpatterns: list[URLPattern] = [
    path("offers/claims.<slug:ending>", papers.of_community, name="paper"),
    path("offers/<uuid:offer_id>/claims.<slug:ending>", papers.of_offer, name="offer_paper"),
    path("unit/claims/", claims.of_unit, name="of_unit"),
    path("unit/claims.<slug:ending>", papers.of_unit, name="unit_paper"),
]

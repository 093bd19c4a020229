"""Addresses of the slice claims."""

from django.urls import URLPattern, path

from baodao.claims.views import claims

app_name = "claims"

urlpatterns: list[URLPattern] = [
    path("offers/claims.<slug:ending>", claims.of_community, name="paper"),
    path("offers/<uuid:offer_id>/claims.<slug:ending>", claims.of_offer, name="offer_paper"),
    path("unit/claims/", claims.unit_list, name="of_unit"),
    path("unit/claims.<slug:ending>", claims.of_unit, name="unit_paper"),
]

"""Addresses of the slice pairings."""

from django.urls import URLPattern, path

from baodao.pairings.views import pairings, visits

app_name = "pairings"

urlpatterns: list[URLPattern] = [
    path("offers/pairings/", pairings.pairings, name="list"),
    path("offers/pairings.<slug:ending>", pairings.paper, name="paper"),
    path("offers/pairings/new/", pairings.new, name="new"),
    path("households/<uuid:household_file_id>/pairing/", pairings.of_file, name="of_file"),
    path("offers/pairings/<uuid:pairing_id>/", pairings.pairing, name="pairing"),
    path("offers/pairings/<uuid:pairing_id>/household/", pairings.household, name="household"),
    path("offers/pairings/<uuid:pairing_id>/read/", pairings.read, name="read"),
    path("offers/pairings/<uuid:pairing_id>/end/", pairings.end, name="end"),
    path(
        "offers/pairings/claims/<uuid:pairing_claim_id>/hand-over/",
        pairings.pass_on,
        name="pass_on",
    ),
    path("me/pairings/<uuid:pairing_claim_id>/", visits.visit, name="visit"),
    path(
        "me/pairings/<uuid:pairing_claim_id>/household/", visits.own_household, name="own_household"
    ),
    path("unit/pairings/", visits.unit_pairings, name="unit_pairings"),
]

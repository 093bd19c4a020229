"""Addresses of the slice people."""

from django.urls import URLPattern, path

from baodao.people.views import lives, people, transfers

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("me/facts/", people.own_facts, name="own_facts"),
    path("people/", people.people, name="list"),
    path("people/add/", lives.add, name="add"),
    path("papers/roster.<slug:ending>", people.roster, name="roster"),
    path("people/add/document/", lives.add_by_document, name="add_by_document"),
    path("people/<uuid:person_id>/edit/", people.edit, name="edit"),
    path("people/<uuid:person_id>/departure/", lives.departure, name="departure"),
    path("people/<uuid:person_id>/transfer/", transfers.propose, name="transfer"),
    path("people/transfers/", transfers.all_transfers, name="transfers"),
    path("people/transfers/<uuid:transfer_id>/accept/", transfers.accept, name="transfer_accept"),
    path(
        "people/transfers/<uuid:transfer_id>/decline/", transfers.decline, name="transfer_decline"
    ),
    path(
        "people/transfers/<uuid:transfer_id>/withdraw/",
        transfers.withdraw,
        name="transfer_withdraw",
    ),
]

"""Addresses of the slice people."""

from django.urls import URLPattern, path

from baodao.people.views import corrections, lives, merges, people, transfers

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("me/facts/", people.own_facts, name="own_facts"),
    path("people/", people.people, name="list"),
    path("people/add/", lives.add, name="add"),
    path("people/add/document/", lives.add_by_document, name="add_by_document"),
    path("people/<uuid:person_id>/edit/", people.edit, name="edit"),
    path("people/<uuid:person_id>/departure/", lives.departure, name="departure"),
    path("people/<uuid:person_id>/transfer/", transfers.propose, name="transfer"),
    path("people/<uuid:person_id>/identity/", corrections.propose, name="correction"),
    path("people/corrections/", corrections.all_corrections, name="corrections"),
    path(
        "people/corrections/<uuid:correction_id>/confirm/",
        corrections.confirm,
        name="correction_confirm",
    ),
    path(
        "people/corrections/<uuid:correction_id>/decline/",
        corrections.decline,
        name="correction_decline",
    ),
    path("people/<uuid:person_id>/merge/", merges.propose, name="merge"),
    path("people/merges/", merges.all_merges, name="merges"),
    path("people/merges/<uuid:merge_id>/confirm/", merges.confirm, name="merge_confirm"),
    path("people/merges/<uuid:merge_id>/decline/", merges.decline, name="merge_decline"),
    path("people/merges/<uuid:merge_id>/undo/", merges.undo, name="merge_undo"),
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

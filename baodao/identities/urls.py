"""Addresses of the slice identities."""

from django.urls import URLPattern, path

from baodao.identities.views import checks, contests, corrections, merges

app_name = "identities"
urlpatterns: list[URLPattern] = [
    path("people/<uuid:person_id>/identity/", corrections.propose, name="correction"),
    path(
        "people/<uuid:person_id>/identity/document/",
        corrections.propose_by_document,
        name="correction_by_document",
    ),
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
    path("people/contests/", contests.all_contests, name="contests"),
    path("people/contests/<uuid:person_id>/ask/", contests.ask, name="contest_ask"),
    path("people/checks/<uuid:check_id>/", checks.answer, name="check"),
    path("people/<uuid:person_id>/merge/", merges.propose, name="merge"),
    path("people/merges/", merges.all_merges, name="merges"),
    path("people/merges/<uuid:merge_id>/confirm/", merges.confirm, name="merge_confirm"),
    path("people/merges/<uuid:merge_id>/decline/", merges.decline, name="merge_decline"),
    path("people/merges/<uuid:merge_id>/undo/", merges.undo, name="merge_undo"),
]

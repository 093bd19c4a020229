"""Addresses of the slice commitments."""

from django.urls import URLPattern, path

from baodao.commitments.views import desk, own

app_name = "commitments"

urlpatterns: list[URLPattern] = [
    path("commitments/", desk.commitments, name="list"),
    path("commitments.<slug:ending>", desk.sheet, name="sheet"),
    path("commitments/<uuid:commitment_id>.<slug:ending>", desk.paper, name="paper"),
    path("me/commitment/", own.own, name="own"),
    path("me/commitment/edit/", own.edit, name="edit"),
    path("me/commitment/board/", own.board, name="board"),
    path("me/commitment/<uuid:own_commitment_id>/hide/", own.hide, name="hide"),
    path("me/commitment/<uuid:own_commitment_id>/withdraw/", own.withdraw, name="withdraw"),
]

"""Addresses of the slice allocation."""

from django.urls import URLPattern, path

from baodao.allocation import views

app_name = "allocation"
_INVITATION = "allocations/invitations/<uuid:allocation_line_id>/"

urlpatterns: list[URLPattern] = [
    path("allocations/", views.allocations, name="list"),
    path("allocations/new/", views.new, name="new"),
    path("allocations/invitations/", views.invitations, name="invitations"),
    path("allocations/invitations/letters/", views.letters, name="letters"),
    path(_INVITATION, views.invitation, name="invitation"),
    path(f"{_INVITATION}decline/", views.decline, name="decline"),
    path("allocations/<uuid:allocation_id>/", views.allocation, name="allocation"),
    path("allocations/<uuid:allocation_id>/plan.<slug:ending>", views.paper, name="paper"),
    path("allocations/<uuid:allocation_id>/adopt/", views.adopt, name="adopt"),
    path("allocations/<uuid:allocation_id>/withdraw/", views.withdraw, name="withdraw"),
]

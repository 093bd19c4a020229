"""Addresses of the slice gatherings."""

from django.urls import URLPattern, path

from baodao.gatherings import views

app_name = "gatherings"

urlpatterns: list[URLPattern] = [
    path("gatherings/", views.gatherings, name="list"),
    path("gatherings/new/", views.new, name="new"),
    path("gatherings/<uuid:gathering_id>/edit/", views.edit, name="edit"),
    path("gatherings/<uuid:gathering_id>/cancel/", views.cancel, name="cancel"),
    path("gatherings/materials/new/", views.share, name="share"),
    path("gatherings/materials/<uuid:material_id>/withdraw/", views.withdraw, name="withdraw"),
    path("me/home/", views.home, name="own"),
]

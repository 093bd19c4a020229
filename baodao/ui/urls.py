"""Addresses of the slice ui."""

from django.urls import URLPattern, path

from baodao.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("help/", views.help_page, name="help"),
    path("undo/<uuid:undo_id>/", views.take_back, name="undo"),
]

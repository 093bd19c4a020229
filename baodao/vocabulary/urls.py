"""Addresses of the slice vocabulary."""

from django.urls import URLPattern, path

from baodao.vocabulary import views

app_name = "vocabulary"
urlpatterns: list[URLPattern] = [
    path("settings/words/", views.words, name="words"),
    path("settings/words/<uuid:word_id>/remove/", views.remove, name="remove"),
]

"""Addresses of the slice flags."""

from django.urls import URLPattern, path

from baodao.flags.views import explanations, flags

app_name = "flags"

urlpatterns: list[URLPattern] = [
    path("flags/", flags.flags, name="list"),
    path("flags/<uuid:flag_id>/", flags.flag, name="flag"),
    path("flags/<uuid:flag_id>/dismiss/", flags.dismiss, name="dismiss"),
    path("flags/<uuid:flag_id>/ask/", flags.ask, name="ask"),
    path("flags/asked/", explanations.questions, name="questions"),
    path("flags/<uuid:flag_id>/explain/", explanations.explain, name="explain"),
]

"""Addresses of the slice checklist."""

from django.urls import URLPattern, path

from baodao.checklist.views import letters, missing

app_name = "checklist"

urlpatterns: list[URLPattern] = [
    path("check-list/", missing.missing, name="missing"),
    path("check-list/remind/", missing.send_reminders, name="remind"),
    path("check-list/remind/<slug:of>/", missing.remind_chosen, name="remind_chosen"),
    path("letters/issue/", letters.issue, name="issue"),
]

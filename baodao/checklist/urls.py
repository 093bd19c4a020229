"""Addresses of the slice checklist."""

from django.urls import URLPattern, path

from baodao.checklist.views import letters, missing_members

app_name = "checklist"

urlpatterns: list[URLPattern] = [
    path("check-list/", missing_members.missing, name="missing"),
    path("check-list/remind/", missing_members.send_reminders, name="remind"),
    path("check-list/remind/<slug:of>/", missing_members.remind_chosen, name="remind_chosen"),
    path("letters/issue/", letters.issue, name="issue"),
]

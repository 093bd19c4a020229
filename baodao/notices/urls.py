"""Addresses of the slice notices."""

from django.urls import URLPattern, path

from baodao.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read, name="read"),
    path("notices/reminders/", views.reminders, name="reminders"),
    path("complaints/new/", views.complaint, name="complaint"),
    path("complaints/answer/", views.complaint_answer, name="complaint_answer"),
    path("complaints/", views.complaints_list, name="complaints"),
    path("complaints/<uuid:complaint_id>/", views.answer_complaint, name="answer"),
]

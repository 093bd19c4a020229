"""Addresses of the slice inquiries."""

from django.urls import URLPattern, path

from baodao.inquiries import views

app_name = "inquiries"

urlpatterns: list[URLPattern] = [
    path("requests/", views.requests, name="requests"),
    path("requests/lines/", views.lines, name="lines"),
    path("requests/new/", views.new_request, name="new_request"),
    path("requests/<uuid:report_request_id>/", views.request, name="request"),
    path("requests/<uuid:report_request_id>/extend/", views.extend, name="extend"),
    path("requests/<uuid:report_request_id>/withdraw/", views.withdraw, name="withdraw"),
    path("requests/lines/<uuid:line_id>/answer/", views.answer, name="answer"),
]

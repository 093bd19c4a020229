"""Addresses of the slice layouts."""

from django.urls import URLPattern, path

from baodao.layouts import views

app_name = "layouts"
urlpatterns: list[URLPattern] = [
    path("settings/layouts/", views.layouts, name="layouts"),
    path("settings/layouts/<slug:form_code>/", views.layout, name="layout"),
    path("settings/layouts/<slug:form_code>/ours.docx", views.beginning, name="beginning"),
    path("settings/layouts/<slug:form_code>/<slug:how>.docx", views.preview, name="preview"),
    path("settings/layouts/<uuid:layout_id>/end/", views.end, name="end"),
]

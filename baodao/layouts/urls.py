"""Addresses of the slice layouts."""

from django.urls import URLPattern, path

from baodao.layouts import views

app_name = "layouts"
urlpatterns: list[URLPattern] = [
    path("settings/layouts/", views.layouts, name="layouts"),
    path("settings/layouts/<slug:paper_form>/", views.layout, name="layout"),
    path("settings/layouts/<slug:paper_form>/ours.docx", views.beginning, name="beginning"),
    path("settings/layouts/<slug:paper_form>/<slug:how>.docx", views.preview, name="preview"),
    path("settings/layouts/<slug:paper_form>/<uuid:layout_id>/end/", views.end, name="end"),
]

"""Addresses of the slice documents."""

from django.urls import URLPattern, path

from baodao.documents import views

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("v/<str:token>/", views.verify, name="verify"),
]

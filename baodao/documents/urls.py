"""Addresses of the slice documents."""

from django.urls import URLPattern

app_name = "documents"
urlpatterns: list[URLPattern] = []

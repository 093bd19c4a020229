"""Addresses of the slice notices."""

from django.urls import URLPattern

app_name = "notices"
urlpatterns: list[URLPattern] = []

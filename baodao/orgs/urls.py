"""Addresses of the slice orgs."""

from django.urls import URLPattern

app_name = "orgs"
urlpatterns: list[URLPattern] = []

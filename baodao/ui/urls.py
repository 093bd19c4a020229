"""Addresses of the slice ui."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []

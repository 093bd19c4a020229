"""Addresses of the demo; outside a demo database they answer as if they were not there."""

from django.urls import URLPattern, path

from baodao.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("", views.entrance, name="entrance"),
    path("enter/", views.enter, name="enter"),
]
"""Mounted below demo/."""

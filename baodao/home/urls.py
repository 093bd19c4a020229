"""Addresses of the first pages."""

from django.urls import URLPattern, path

from baodao.home import views

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("me/", views.mine, name="mine"),
    path("me/today/", views.member, name="member"),
    path("today/", views.today, name="today"),
    path("unit/", views.unit, name="unit"),
]

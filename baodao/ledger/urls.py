"""Addresses of the slice ledger."""

from django.urls import URLPattern, path

from baodao.ledger.views import categories

app_name = "ledger"

urlpatterns: list[URLPattern] = [
    path("settings/categories/", categories.categories, name="categories"),
    path("settings/categories/above/", categories.as_above, name="categories_above"),
]

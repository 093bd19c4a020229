"""Addresses of the slice offers."""

from django.urls import URLPattern

app_name = "offers"

_needs: list[URLPattern] = []

_residents: list[URLPattern] = []

_offers: list[URLPattern] = []

_member: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*_needs, *_residents, *_offers, *_member]

"""Addresses of the slice series."""

from django.urls import URLPattern, path

from baodao.series.views import series

app_name = "series"

urlpatterns: list[URLPattern] = [
    path("offers/series/", series.every, name="list"),
    path("offers/series/new/", series.new, name="new"),
    path("offers/series/<uuid:series_id>/", series.one, name="one"),
    path("offers/series/<uuid:series_id>/edit/", series.edit, name="edit"),
    path("offers/series/<uuid:series_id>/end/", series.end, name="end"),
    path("offers/series/dates/<uuid:date_id>/decide/", series.decide, name="decide"),
]

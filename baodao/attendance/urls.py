"""Addresses of the slice attendance."""

from django.urls import URLPattern, path

from baodao.attendance.views import check_ins, rolls

app_name = "attendance"

urlpatterns: list[URLPattern] = [
    path("offers/<uuid:offer_id>/code/", check_ins.code, name="code"),
    path("here/<slug:place_code>/", check_ins.here, name="here"),
    path("offers/<uuid:offer_id>/roll/", rolls.roll, name="roll"),
]

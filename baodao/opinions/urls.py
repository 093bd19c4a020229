"""Addresses of the slice opinions."""

from django.urls import URLPattern, path

from baodao.opinions.views import desk, sheets

app_name = "opinions"

urlpatterns: list[URLPattern] = [
    path("opinions/", desk.opinions, name="list"),
    path("opinions/ask/", desk.ask, name="ask"),
    path("opinions/<uuid:round_id>/", desk.one, name="round"),
    path("opinions/<uuid:round_id>.<slug:ending>", desk.paper, name="paper"),
    path("opinions/<uuid:round_id>/remind/", desk.remind, name="remind"),
    path("opinions/<uuid:round_id>/end/", desk.end, name="end"),
    path("opinions/answers/<uuid:answer_id>/reply/", desk.reply, name="reply"),
    path("opinion/<str:sheet_token>/", sheets.sheet, name="sheet"),
    path("opinion/<str:sheet_token>/settled/", sheets.settled, name="settled"),
]

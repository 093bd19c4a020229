"""Addresses of the slice talents."""

from django.urls import URLPattern, path

from baodao.talents.views import residents, talents

app_name = "talents"

urlpatterns: list[URLPattern] = [
    path("talents/", talents.talents, name="list"),
    path("talents/new/", talents.new, name="new"),
    path("talents/list.<str:ending>", talents.paper, name="paper"),
    path("talents/<uuid:talent_id>/", talents.talent, name="talent"),
    path("talents/<uuid:talent_id>/edit/", talents.edit, name="edit"),
    path("talents/<uuid:talent_id>/accept/", talents.accept, name="accept"),
    path("talents/<uuid:talent_id>/remove/", talents.remove, name="remove"),
    path("talents/<uuid:talent_id>/telephone/", talents.number, name="number"),
    path("talents/<uuid:talent_id>/serve/", talents.serve, name="serve"),
    path("talents/<uuid:talent_id>/sheet.<str:ending>", talents.sheet, name="sheet"),
    path(
        "talents/<uuid:talent_id>/services/<uuid:talent_service_id>/reverse/",
        talents.take_back,
        name="reverse",
    ),
    path("needs/<uuid:need_id>/talents/", talents.for_need, name="for_need"),
    path("ask/<str:page_token>/talents/", residents.offer, name="offer"),
    path("talent/<str:talent_code>/", residents.own, name="own"),
    path("talent/<str:talent_code>/withdraw/", residents.withdraw, name="withdraw"),
    path("talent/<str:talent_code>/keep/", residents.keep, name="keep"),
]

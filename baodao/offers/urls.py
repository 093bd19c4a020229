"""Addresses of the slice offers."""

from django.urls import URLPattern, path

from baodao.offers.views import need_acts, needs, residents

app_name = "offers"

_needs: list[URLPattern] = [
    path("needs/", needs.board, name="needs"),
    path("needs/new/", needs.new, name="collect"),
    path("needs/poster/", residents.poster, name="poster"),
    path("needs/poster.pdf", residents.poster_file, name="poster_file"),
    path("needs/poster/renew/", residents.renew, name="renew_page"),
    path("needs/<uuid:need_id>/", needs.need, name="need"),
    path("needs/<uuid:need_id>/screen/", need_acts.screen, name="screen"),
    path("needs/<uuid:need_id>/merge/", need_acts.merge, name="merge"),
    path("needs/<uuid:need_id>/close/", need_acts.close, name="close_need"),
    path("needs/<uuid:need_id>/reopen/", need_acts.reopen, name="reopen"),
    path("needs/<uuid:need_id>/offer/", need_acts.offer, name="need_offer"),
    path("needs/<uuid:need_id>/answer/", need_acts.answer, name="need_answer"),
    path("needs/<uuid:need_id>/telephone/", need_acts.number, name="need_number"),
    path("unit/needs/", needs.unit_needs, name="unit_needs"),
    path("unit/needs/new/", needs.unit_ask, name="unit_ask"),
]

_residents: list[URLPattern] = [
    path("ask/<str:page_token>/", residents.ask, name="ask"),
    path("asked/", residents.find, name="find_asked"),
    path("asked/<str:need_code>/", residents.asked, name="asked"),
    path("asked/<str:need_code>/answer/", residents.answer, name="answer_asked"),
    path("asked/<str:need_code>/forget/", residents.forget, name="forget_asker"),
]

_offers: list[URLPattern] = []

_member: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*_needs, *_residents, *_offers, *_member]

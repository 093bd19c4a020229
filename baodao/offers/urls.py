"""Addresses of the slice offers."""

from django.urls import URLPattern, path

from baodao.offers.views import (
    calendars,
    claims,
    member,
    need_acts,
    needs,
    offers,
    papers,
    residents,
)

app_name = "offers"

_needs: list[URLPattern] = [
    path("needs/", needs.board, name="needs"),
    path("needs/new/", needs.new, name="collect"),
    path("needs/poster/", residents.poster, name="poster"),
    path("needs/poster.pdf", residents.poster_file, name="poster_file"),
    path("needs/poster/renew/", residents.renew, name="renew_page"),
    path("needs/<uuid:need_id>/", needs.need, name="need"),
    path("needs/<uuid:need_id>/screen/", need_acts.screen, name="screen"),
    path("needs/<uuid:need_id>/correct/", need_acts.correct, name="correct"),
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

_offers: list[URLPattern] = [
    path("offers/", offers.all_offers, name="list"),
    path("offers/new/<slug:offer_kind>/", offers.new, name="new"),
    path("offers/calendar/", calendars.month, name="calendar"),
    path("offers/claims.<slug:ending>", papers.of_community, name="claim_list"),
    path("offers/<uuid:offer_id>/", offers.one, name="offer"),
    path("offers/<uuid:offer_id>/edit/", offers.edit, name="edit"),
    path("offers/<uuid:offer_id>/publish/", offers.publish, name="publish"),
    path("offers/<uuid:offer_id>/close/", offers.close, name="close"),
    path("offers/<uuid:offer_id>/cancel/", offers.cancel, name="cancel"),
    path("offers/<uuid:offer_id>/reschedule/", offers.reschedule, name="reschedule"),
    path("offers/<uuid:offer_id>/copy/", offers.copy, name="copy"),
    path("offers/<uuid:offer_id>/claims.<slug:ending>", papers.of_offer, name="offer_claim_list"),
    path("offers/claims/", claims.to_decide, name="claims"),
    path("offers/claims/decide/", claims.decide, name="decide"),
    path("offers/claims/exits/", claims.exits, name="exits"),
    path("offers/claims/exits/decide/", claims.decide_exits, name="decide_exits"),
    path("unit/claims/", claims.of_unit, name="unit_claims"),
    path("unit/claims.<slug:ending>", papers.of_unit, name="unit_claim_list"),
]

_member: list[URLPattern] = [
    path("find/", member.find, name="find"),
    path("find/<uuid:offer_id>/claim/", member.claim, name="claim"),
    path("me/claims/", member.own, name="own"),
    path("me/claims/<uuid:claim_id>/leave/", member.leave, name="leave"),
    path("me/claims/<uuid:claim_id>/stay/", member.stay, name="stay"),
    path("me/claims/<uuid:claim_id>/confirm/", member.confirm, name="confirm"),
    path("me/claims/calendar/", member.renew, name="renew_feed"),
    path("c/<str:feed_token>.ics", member.feed, name="feed"),
]

urlpatterns: list[URLPattern] = [*_needs, *_residents, *_offers, *_member]

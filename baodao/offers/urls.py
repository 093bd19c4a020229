"""Addresses of the slice offers."""

from django.urls import URLPattern, path

from baodao.offers.views import answers, offers, proposals

app_name = "offers"

_answers: list[URLPattern] = [
    path("needs/<uuid:need_id>/offer/", answers.draft, name="need_offer"),
    path("needs/<uuid:need_id>/answer/", answers.answer, name="need_answer"),
]

_offers: list[URLPattern] = [
    path("offers/", offers.all_offers, name="list"),
    path("offers/new/<slug:offer_kind>/", offers.new, name="new"),
    path("offers/<uuid:offer_id>/", offers.one, name="offer"),
    path("offers/<uuid:offer_id>/edit/", offers.edit, name="edit"),
    path("offers/<uuid:offer_id>/publish/", offers.publish, name="publish"),
    path("offers/<uuid:offer_id>/close/", offers.close, name="close"),
    path("offers/<uuid:offer_id>/cancel/", offers.cancel, name="cancel"),
    path("offers/<uuid:offer_id>/reschedule/", offers.reschedule, name="reschedule"),
    path("offers/<uuid:offer_id>/copy/", offers.copy, name="copy"),
]

_proposals: list[URLPattern] = [
    path("unit/services/activities/new/", proposals.propose, name="propose"),
    path("unit/services/activities/<uuid:proposal_id>/", proposals.again, name="propose_again"),
    path(
        "unit/services/activities/<uuid:proposal_id>/take-back/",
        proposals.take_back,
        name="take_back",
    ),
    path("offers/<uuid:proposal_id>/give-back/", proposals.give_back, name="give_back"),
]

urlpatterns: list[URLPattern] = [*_answers, *_offers, *_proposals]

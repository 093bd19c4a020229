"""Addresses of the slice registration."""

from django.urls import URLPattern, path

from baodao.registration.views import (
    departures,
    desk,
    letter_link,
    letters,
    member,
    papers,
)

app_name = "registration"

_member: list[URLPattern] = [
    path("me/letter/", member.own_letter, name="own_letter"),
    path("me/present/<uuid:registration_id>/", member.present_own, name="present"),
    path("me/move/", member.move, name="move"),
    path("l/<str:token>/", letter_link.opened, name="letter_link"),
    path("l/<str:token>/identify/", letter_link.identify, name="letter_open"),
]

_community: list[URLPattern] = [
    path("members/", desk.members, name="members"),
    path("members/place/", desk.put_many, name="place_many"),
    path("members/cards/", papers.cards_of, name="cards_of"),
    path("members/cards.<slug:ending>", papers.cards_here, name="cards"),
    path("desk/", desk.waiting, name="desk"),
    path("desk/accept/", desk.receive, name="accept"),
    path("desk/find/", desk.find, name="find_letter"),
    path("registrations/<uuid:registration_id>/return/", desk.give_back, name="return"),
    path("registrations/<uuid:registration_id>/placement/", desk.put, name="place"),
    path("registrations/<uuid:registration_id>/anew/", desk.renew, name="renew_papers"),
]

_unit: list[URLPattern] = [
    path("letters/", letters.all_letters, name="letters"),
    path("letters/present/", letters.report_group, name="present_group"),
    path("letters/print/", letters.printed, name="letters_print"),
    path("people/letters/", letters.letters_of_members, name="letters_of_members"),
    path("receipts/", letters.receipts, name="receipts"),
    path("receipts/papers/", papers.receipts_of, name="receipts_of"),
    path("receipts/papers.<slug:ending>", papers.receipts_here, name="receipts_print"),
]

_both: list[URLPattern] = [
    path("registrations/<uuid:registration_id>/end/", departures.finish, name="end"),
    path("registrations/<uuid:registration_id>/withdraw/", departures.take_back, name="withdraw"),
    path("registrations/<uuid:registration_id>/transfer/", departures.transfer_to, name="transfer"),
    path(
        "registrations/<uuid:registration_id>/<slug:paper>.<slug:ending>",
        papers.paper,
        name="paper",
    ),
]

urlpatterns: list[URLPattern] = [*_member, *_community, *_unit, *_both]

"""Addresses of the slice alliance."""

from django.urls import URLPattern, path

from baodao.alliance.views import alliance, appointments, own, residents
from baodao.alliance.views.appointments import PAGES
from baodao.bookings.views import codes, desk

app_name = "alliance"

_desk: list[URLPattern] = [
    path("alliance/", alliance.members, name="list"),
    path("alliance/new/", alliance.new, name="new_member"),
    path("alliance/<uuid:alliance_member_id>/", alliance.member, name="member"),
    path("alliance/<uuid:alliance_member_id>/edit/", alliance.edit, name="edit_member"),
    path("alliance/<uuid:alliance_member_id>/end/", alliance.end, name="end_member"),
    path("alliance/<uuid:alliance_member_id>/telephone/", alliance.number, name="number"),
    path("alliance/<uuid:alliance_member_id>/new/", alliance.publish, name="new_service"),
    path("alliance/services/<uuid:service_id>/edit/", alliance.edit_service, name="edit_service"),
    path("alliance/services/<uuid:service_id>/day/", alliance.set_day, name="set_day"),
    path(
        "alliance/services/<uuid:service_id>/days/<str:on>/give-back/",
        alliance.give_back_day,
        name="give_back_day",
    ),
    path("alliance/services/<uuid:service_id>/end/", alliance.end_service, name="end_service"),
    path("alliance/services/<uuid:service_id>/book/", appointments.book, name="take_booking"),
    path("appointments/", appointments.board, name="appointments"),
    path("appointments/<uuid:appointment_id>/", PAGES.at(desk.booking), name="appointment"),
    path("appointments/<uuid:appointment_id>/confirm/", PAGES.at(desk.confirm), name="confirm"),
    path("appointments/<uuid:appointment_id>/cancel/", PAGES.at(desk.cancel), name="cancel"),
    path("appointments/<uuid:appointment_id>/outcome/", appointments.outcome, name="outcome"),
    path("appointments/<uuid:appointment_id>/telephone/", PAGES.at(desk.number), name="visitor"),
    path("appointments/<uuid:appointment_id>/slip.<str:ending>", PAGES.at(desk.slip), name="slip"),
]

_own: list[URLPattern] = [
    path("me/appointments/", own.appointments, name="own"),
    path("me/appointments/<uuid:own_appointment_id>/confirm/", own.confirm, name="own_confirm"),
    path("me/appointments/<uuid:own_appointment_id>/cancel/", own.cancel, name="own_cancel"),
    path("me/appointments/<uuid:own_appointment_id>/outcome/", own.outcome, name="own_outcome"),
]

_residents: list[URLPattern] = [
    path("ask/<str:page_token>/alliance/", residents.services, name="services"),
    path("ask/<str:page_token>/alliance/<uuid:service_id>/", residents.book, name="book"),
    path("appointment/<str:appointment_code>/", residents.own, name="booked"),
    path("appointment/<str:appointment_code>/move/", PAGES.at(codes.move), name="move_booked"),
    path(
        "appointment/<str:appointment_code>/cancel/", PAGES.at(codes.cancel), name="cancel_booked"
    ),
    path("appointment/<str:appointment_code>/answer/", residents.answer, name="answer_booked"),
    path(
        "appointment/<str:appointment_code>/forget/", PAGES.at(codes.forget), name="forget_booked"
    ),
]

urlpatterns: list[URLPattern] = [*_desk, *_own, *_residents]

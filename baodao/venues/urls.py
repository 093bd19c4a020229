"""Addresses of the slice venues."""

from django.urls import URLPattern, path

from baodao.bookings.views import codes, desk
from baodao.venues.views import bookings, own, parts, residents, venues
from baodao.venues.views.bookings import PAGES

app_name = "venues"

_desk: list[URLPattern] = [
    path("venues/", venues.venues, name="list"),
    path("venues/new/", venues.new, name="new"),
    path("venues/<uuid:venue_id>/", venues.venue, name="venue"),
    path("venues/<uuid:venue_id>/edit/", venues.edit, name="edit"),
    path("venues/<uuid:venue_id>/end/", venues.end, name="end"),
    path("venues/<uuid:venue_id>/renew/", venues.renew, name="renew"),
    path("venues/<uuid:venue_id>/days/", venues.set_days, name="set_days"),
    path("venues/<uuid:venue_id>/days/<str:on>/remove/", venues.remove_day, name="remove_day"),
    path("venues/<uuid:venue_id>/poster.pdf", venues.poster, name="poster"),
    path("venues/<uuid:venue_id>/rooms/", parts.new_room, name="new_room"),
    path("venues/<uuid:venue_id>/windows/", parts.new_window, name="new_window"),
    path("venues/rooms/<uuid:room_id>/edit/", parts.edit_room, name="edit_room"),
    path("venues/rooms/<uuid:room_id>/end/", parts.end_room, name="end_room"),
    path("venues/rooms/<uuid:room_id>/book/", bookings.book, name="take_booking"),
    path("venues/windows/<uuid:window_id>/edit/", parts.edit_window, name="edit_window"),
    path("venues/windows/<uuid:window_id>/end/", parts.end_window, name="end_window"),
    path("bookings/", bookings.board, name="bookings"),
    path("bookings/<uuid:booking_id>/", PAGES.at(desk.booking), name="booking"),
    path("bookings/<uuid:booking_id>/confirm/", PAGES.at(desk.confirm), name="confirm"),
    path("bookings/<uuid:booking_id>/cancel/", PAGES.at(desk.cancel), name="cancel"),
    path("bookings/<uuid:booking_id>/telephone/", PAGES.at(desk.number), name="visitor"),
    path("bookings/<uuid:booking_id>/slip.<str:ending>", PAGES.at(desk.slip), name="slip"),
]

_own: list[URLPattern] = [
    path("me/rooms/", own.rooms, name="own"),
    path("me/rooms/<uuid:own_room_id>/", own.book, name="own_book"),
    path("unit/rooms/", own.unit_rooms, name="unit_rooms"),
    path("unit/rooms/<uuid:unit_room_id>/", own.unit_book, name="unit_book"),
]

_residents: list[URLPattern] = [
    path("ask/<str:page_token>/venues/", residents.near, name="near"),
    path("venue/<str:venue_token>/", residents.venue, name="public"),
    path("venue/<str:venue_token>/<uuid:venue_room_id>/", residents.book, name="book"),
    path("booking/<str:booking_code>/", PAGES.at(codes.booked), name="booked"),
    path("booking/<str:booking_code>/move/", PAGES.at(codes.move), name="move_booked"),
    path("booking/<str:booking_code>/cancel/", PAGES.at(codes.cancel), name="cancel_booked"),
    path("booking/<str:booking_code>/forget/", PAGES.at(codes.forget), name="forget_booked"),
]

urlpatterns: list[URLPattern] = [*_desk, *_own, *_residents]

"""Addresses of the slice agenda."""

from django.urls import URLPattern, path

from baodao.agenda.views import calendars, claims

app_name = "agenda"

urlpatterns: list[URLPattern] = [
    path("offers/calendar/", calendars.month, name="month"),
    path("find/", claims.find, name="find"),
    path("find/<uuid:offer_id>/claim/", claims.claim, name="claim"),
    path("me/claims/", claims.own, name="own"),
    path("me/claims/<uuid:claim_id>/leave/", claims.leave, name="leave"),
    path("me/claims/<uuid:claim_id>/stay/", claims.stay, name="stay"),
    path("me/claims/<uuid:claim_id>/confirm/", claims.confirm, name="confirm"),
    path("me/claims/calendar/", calendars.renew, name="renew_feed"),
    path("c/<str:feed_token>.ics", calendars.feed, name="feed"),
]

"""Addresses of the slice agenda."""

from django.urls import URLPattern, path

from baodao.agenda.views import (
    calendars,
    claims,
    desk,
    messages,
    parties,
    series,
    services,
    teams,
    window,
)

app_name = "agenda"

urlpatterns: list[URLPattern] = [
    path("offers/calendar/", calendars.month, name="month"),
    path("offers/calendar/quarter/", calendars.quarter, name="quarter"),
    path("offers/<uuid:offer_id>/places/", desk.widen, name="widen"),
    path("offers/wishes.<slug:ending>", desk.wishes, name="wishes"),
    path("offers/claims/", desk.to_decide, name="claims"),
    path("offers/claims/decide/", desk.decide, name="decide"),
    path("offers/claims/exits/", desk.exits, name="exits"),
    path("offers/claims/exits/decide/", desk.decide_exits, name="decide_exits"),
    path("persons/<uuid:person_id>/claim/", window.services, name="window"),
    path("persons/<uuid:person_id>/claim/<uuid:offer_id>/", window.claim, name="window_claim"),
    path("teams/<int:team_id>/claim/", window.team_services, name="team_window"),
    path("teams/<int:team_id>/claim/<uuid:offer_id>/", window.team_claim, name="team_window_claim"),
    path("find/", claims.find, name="find"),
    path("find/series/<uuid:series_id>/", series.show, name="series"),
    path("find/series/<uuid:series_id>/claim/", series.claim, name="claim_series"),
    path("find/<uuid:offer_id>/", services.show, name="service"),
    path("offers/<uuid:offer_id>/write/", messages.write, name="write"),
    path("offers/<uuid:offer_id>/invite/", messages.invite, name="invite"),
    path("offers/<uuid:offer_id>/invite/ask/", messages.ask, name="ask"),
    path("offers/<uuid:offer_id>/poster.pdf", services.poster, name="poster"),
    path("find/<uuid:offer_id>/claim/", claims.claim, name="claim"),
    path("unit/services/", parties.find, name="party"),
    path("unit/services/calendar/", calendars.renew_for_unit, name="renew_unit_feed"),
    path(
        "unit/services/calendar/withdraw/", calendars.withdraw_for_unit, name="withdraw_unit_feed"
    ),
    path("unit/services/<uuid:party_offer_id>/", parties.choose, name="party_choice"),
    path("team/services/", parties.find_for_team, name="team_party"),
    path("team/services/<uuid:offer_id>/", parties.choose_for_team, name="team_choice"),
    path("teams/<int:team_id>/", teams.show, name="team"),
    path("teams/<int:team_id>/calendar/", teams.calendar, name="team_calendar"),
    path("teams/<int:own_team_id>/calendar/address/", teams.renew, name="renew_team_feed"),
    path("party/claims/<uuid:claim_id>/", parties.servers, name="party_servers"),
    path("party/claims/<uuid:claim_id>/leave/", claims.leave_party, name="party_leave"),
    path("party/claims/<uuid:claim_id>/stay/", claims.stay_party, name="party_stay"),
    path("party/claims/<uuid:claim_id>/confirm/", claims.confirm_party, name="party_confirm"),
    path("me/claims/", claims.own, name="own"),
    path("me/claims/<uuid:claim_id>/leave/", claims.leave, name="leave"),
    path("me/claims/<uuid:claim_id>/contact/", services.contact, name="contact"),
    path("me/claims/<uuid:claim_id>/stay/", claims.stay, name="stay"),
    path("me/claims/<uuid:claim_id>/confirm/", claims.confirm, name="confirm"),
    path("me/claims/<uuid:claim_id>/state/", services.state, name="state"),
    path("me/claims/calendar/", calendars.renew, name="renew_feed"),
    path("c/<str:feed_token>.ics", calendars.feed, name="feed"),
]

"""Addresses of the slice teams."""

from django.urls import URLPattern, path

from baodao.teams.views import desk, member, places

app_name = "teams"

urlpatterns: list[URLPattern] = [
    path("me/team/", member.own, name="own"),
    path("me/team/<int:team_id>/join/", member.join, name="join"),
    path("me/team/<int:own_team_id>/leave/", member.leave, name="leave"),
    path("me/team/requests/<uuid:request_id>/withdraw/", member.withdraw, name="withdraw"),
    path("me/team/requests/<uuid:request_id>/accept/", member.accept, name="accept"),
    path("me/team/requests/<uuid:request_id>/decline/", member.decline, name="decline"),
    path("me/team/<int:team_id>/about/", member.describe, name="describe"),
    path("teams/", desk.all_teams, name="list"),
    path("teams/add/", desk.add, name="add"),
    path("teams/decide/", desk.decide, name="decide"),
    path("teams/suggestions/", desk.suggestions, name="suggestions"),
    path("teams/suggestions/accept/", desk.accept, name="accept_suggestion"),
    path("teams/<int:team_id>/edit/", desk.edit, name="edit"),
    path("teams/<int:team_id>/leader/", desk.name_leader, name="leader"),
    path("teams/leaders/<uuid:leader_id>/relieve/", desk.relieve, name="relieve"),
    path("places/", places.all_places, name="places"),
    path("places/add/", places.add, name="place_add"),
    path("places/<int:place_id>/", places.rename, name="place_edit"),
    path("places/<int:place_id>/close/", places.shut, name="place_close"),
]

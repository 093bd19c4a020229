"""Addresses of the slice callups."""

from django.urls import URLPattern, path

from baodao.callups.views import callups, members, posts, supplies

app_name = "callups"

urlpatterns: list[URLPattern] = [
    path("callups/", callups.every, name="list"),
    path("callups/new/", callups.new, name="new"),
    path("callups/<uuid:callup_id>/", callups.one, name="one"),
    path("callups/<uuid:callup_id>/edit/", callups.edit, name="edit"),
    path("callups/<uuid:callup_id>/send/", callups.send, name="send"),
    path("callups/<uuid:callup_id>/stand-down/", callups.stand_down, name="stand_down"),
    path("callups/<uuid:callup_id>/people/", callups.people, name="people"),
    path("callups/<uuid:callup_id>/comers/", callups.comers, name="comers"),
    path("callups/<uuid:callup_id>/posts/new/", posts.new, name="new_post"),
    path("callups/posts/<uuid:callup_post_id>/", posts.post, name="post"),
    path("callups/posts/<uuid:callup_post_id>/place/", posts.place, name="place"),
    path("callups/<uuid:callup_id>/note/", callups.note, name="note"),
    path("callups/<uuid:callup_id>/telephones/", callups.telephones, name="telephones"),
    path("callups/<uuid:callup_id>/supplies/", supplies.supplies, name="supplies"),
    path("callups/<uuid:callup_id>/supplies.<slug:ending>", supplies.paper, name="supply_paper"),
    path("callups/supplies/<uuid:supply_id>/counter/", supplies.counter, name="counter_supply"),
    path("me/callups/<uuid:callup_id>/", members.mine, name="mine"),
    path("me/callups/<uuid:callup_id>/answer/", members.answer, name="answer"),
    path("unit/callups/", members.of_unit, name="of_unit"),
]

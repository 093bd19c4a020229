"""Addresses of the slice committees."""

from django.urls import URLPattern, path

from baodao.committees.views import committees, meetings

app_name = "committees"

urlpatterns: list[URLPattern] = [
    path("committees/", committees.committees, name="list"),
    path("committees/new/", committees.new, name="new"),
    path("committees/ours/", committees.ours, name="ours"),
    path("committees/<uuid:committee_id>/", committees.committee, name="committee"),
    path("committees/<uuid:committee_id>/members/", committees.add_member, name="add_member"),
    path("committees/<uuid:committee_id>/enter/", meetings.enter, name="enter"),
    path("committees/<uuid:committee_id>/end/", committees.end, name="end"),
    path("committees/<uuid:committee_id>/call/", meetings.call, name="call"),
    path(
        "committees/members/<uuid:committee_member_id>/end/",
        committees.end_member,
        name="end_member",
    ),
    path("committees/meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("committees/meetings/<uuid:meeting_id>.ics", meetings.calendar, name="calendar"),
    path("committees/meetings/<uuid:meeting_id>/cancel/", meetings.cancel, name="cancel"),
    path("committees/meetings/<uuid:meeting_id>/came/", meetings.attendance, name="attendance"),
    path("committees/meetings/<uuid:meeting_id>/minutes/", meetings.draft, name="draft"),
    path("committees/items/<uuid:meeting_item_id>/decision/", meetings.decide, name="decide"),
    path("committees/items/<uuid:meeting_item_id>/task/", meetings.task, name="task"),
    path("committees/minutes/<uuid:minutes_id>/write/", meetings.write, name="write"),
    path("committees/minutes/<uuid:minutes_id>/again/", meetings.again, name="draft_again"),
    path("committees/minutes/<uuid:minutes_id>/issue/", meetings.issue, name="issue"),
    path("committees/minutes/<uuid:minutes_id>.<slug:ending>", meetings.paper, name="paper"),
]

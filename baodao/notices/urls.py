"""Addresses of the slice notices."""

from django.urls import URLPattern, path

from baodao.notices.views import channels, complaints, message_links, notices

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("notices/", notices.notices, name="list"),
    path("notices/read/", notices.read, name="read"),
    path("notices/reminders/", notices.reminders, name="reminders"),
    path("notices/topics/", notices.topics, name="topics"),
    path("notices/<uuid:notice_id>/off/", notices.end, name="end"),
    path("n/<slug:off_token>/off/", message_links.off, name="off"),
    path("channels/", channels.own, name="own_channels"),
    path("channels/<uuid:channel_id>/", channels.channel, name="channel"),
    path("channels/<uuid:channel_id>/test/", channels.test, name="test"),
    path("channels/<uuid:channel_id>/remove/", channels.remove, name="remove"),
    path("channels/<uuid:channel_id>/again/", channels.again, name="again"),
    path(
        "organisations/<int:organisation_id>/channels/", channels.of_organisation, name="channels"
    ),
    path("complaints/new/", complaints.complaint, name="complaint"),
    path("complaints/answer/", complaints.complaint_answer, name="complaint_answer"),
    path("complaints/", complaints.complaints_list, name="complaints"),
    path("complaints/<uuid:complaint_id>/", complaints.answer_complaint, name="answer"),
    path("complaints/<uuid:complaint_id>/contact/", complaints.contact, name="contact"),
]

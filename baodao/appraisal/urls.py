"""Addresses of the slice appraisal."""

from django.urls import URLPattern, path

from baodao.appraisal.views import card, desk, lines, own, papers, received_cards

app_name = "appraisal"

urlpatterns: list[URLPattern] = [
    path("feedback/", desk.cards, name="cards"),
    path("feedback/draft/", desk.draft, name="draft"),
    path("feedback/judge/", desk.judge, name="judge"),
    path("feedback/sign/", desk.sign, name="sign"),
    path("feedback/cards.<slug:ending>", papers.papers_here, name="papers"),
    path("feedback/blank.<slug:ending>", papers.blank, name="blank"),
    path("feedback/objections/<uuid:objection_id>/", card.answer, name="answer"),
    path("feedback/<uuid:card_id>/", card.card, name="card"),
    path("feedback/<uuid:card_id>/card.<slug:ending>", papers.paper, name="paper"),
    path("feedback/<uuid:card_id>/line/", lines.line, name="line"),
    path("feedback/<uuid:card_id>/withdraw/", card.withdraw, name="withdraw"),
    path("feedback/<uuid:card_id>/again/", card.again, name="again"),
    path("feedback/<uuid:card_id>/event/", card.event, name="event"),
    path("feedback/<uuid:card_id>/opinion/", card.opinion, name="opinion"),
    path("feedback/<uuid:card_id>/<slug:what>/<slug:option>/", card.ticked, name="ticked"),
    path("unit/feedback/", received_cards.received, name="received"),
    path("unit/feedback/read/", received_cards.read, name="read"),
    path("unit/feedback/cards.<slug:ending>", papers.papers_received, name="received_papers"),
    path("me/feedback/", own.own, name="own"),
    path("me/feedback/<uuid:card_id>/object/", own.object_to, name="object"),
]

"""Addresses of the slice honours."""

from django.urls import URLPattern, path

from baodao.honours.views import branches, proposals, public, rounds, votes

app_name = "honours"

urlpatterns: list[URLPattern] = [
    path("honours/", rounds.honours, name="list"),
    path("honours/branch/", branches.branch_rounds, name="branch_rounds"),
    path("honours/branch/<uuid:branch_honour_id>/", branches.branch_round, name="branch_round"),
    path("honours/begin/", rounds.begin, name="begin"),
    path("honours/<uuid:honour_id>/", rounds.one, name="round"),
    path("honours/<uuid:honour_id>.<slug:ending>", rounds.paper, name="paper"),
    path("honours/<uuid:honour_id>/sign/", rounds.sign, name="sign"),
    path("honours/<uuid:honour_id>/nominate/", proposals.nominate, name="nominate"),
    path("honours/<uuid:honour_id>/publish/", rounds.publish, name="publish"),
    path("honours/<uuid:honour_id>/issue/", rounds.issue, name="issue"),
    path("honours/<uuid:honour_id>/withdraw/", rounds.withdraw, name="withdraw"),
    path("honours/<uuid:honour_id>/vote/", votes.begin_vote, name="vote"),
    path("honours/<uuid:honour_id>/vote/extend/", votes.extend, name="extend"),
    path("honours/<uuid:honour_id>/vote/count/", votes.count, name="count"),
    path("honours/<uuid:vote_honour_id>/ballot/", votes.ballot, name="ballot"),
    path("honours/proposals/<uuid:honour_proposal_id>/", proposals.one, name="proposal"),
    path(
        "honours/proposals/<uuid:honour_proposal_id>.<slug:ending>",
        proposals.certificate,
        name="certificate",
    ),
    path("honours/proposals/<uuid:honour_proposal_id>/remove/", proposals.remove, name="remove"),
    path("honours/proposals/<uuid:honour_proposal_id>/word/", proposals.word, name="word"),
    path("honours/proposals/<uuid:honour_proposal_id>/keep/", proposals.keep, name="keep"),
    path("honours/objections/<uuid:honour_objection_id>/", proposals.objection, name="objection"),
    path("honours/list/", public.lists, name="public_lists"),
    path("honours/list/<uuid:public_honour_id>/", public.one_list, name="public_list"),
    path(
        "honours/list/<uuid:public_honour_id>.<slug:ending>",
        public.list_on_paper,
        name="public_paper",
    ),
    path("honours/object/<uuid:public_proposal_id>/", public.object_to, name="object"),
    path("me/honours/", public.own, name="own"),
]

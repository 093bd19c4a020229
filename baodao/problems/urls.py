"""Addresses of the slice problems."""

from django.urls import URLPattern, path

from baodao.problems.views import acts, askers, lists, sources

app_name = "problems"

urlpatterns: list[URLPattern] = [
    path("problems/", lists.problems, name="list"),
    path("problems/tasks/", lists.tasks, name="tasks"),
    path("problems/duties/", lists.duties, name="duties"),
    path("problems/ours/", lists.ours, name="ours"),
    path("problems/papers/<slug:register>.<slug:ending>", lists.paper, name="paper"),
    path("problems/new/", sources.new, name="new"),
    path("problems/of-need/<uuid:need_id>/", sources.of_need, name="of_need"),
    path("problems/of-card/<uuid:card_id>/", sources.of_card, name="of_card"),
    path("problems/of-opinion/<uuid:answer_id>/", sources.of_opinion, name="of_opinion"),
    path("problems/of-visit/<uuid:contact_visit_id>/", sources.of_visit, name="of_visit"),
    path("problems/<uuid:problem_id>/", lists.problem, name="problem"),
    path("problems/<uuid:problem_id>/assign/", acts.assign, name="assign"),
    path("problems/<uuid:problem_id>/task/", acts.add_task, name="add_task"),
    path("problems/<uuid:problem_id>/whistle/", acts.escalate, name="escalate"),
    path("problems/<uuid:problem_id>/solved/", acts.solve, name="solve"),
    path("problems/<uuid:problem_id>/report/", acts.state, name="state"),
    path("problems/<uuid:problem_id>/go-on/", acts.go_on, name="go_on"),
    path("problems/<uuid:problem_id>/word/", acts.word, name="word"),
    path("problems/<uuid:problem_id>/reopen/", acts.reopen, name="reopen"),
    path("problems/<uuid:problem_id>/asker/", acts.asker, name="asker"),
    path("problems/tasks/<uuid:problem_task_id>/done/", acts.end_task, name="end_task"),
    path(
        "problems/tasks/<uuid:problem_task_id>/withdraw/",
        acts.withdraw_task,
        name="withdraw_task",
    ),
    path("problem/<str:problem_code>/", askers.show, name="asked"),
    path("problem/<str:problem_code>/answer/", askers.answer, name="answer_asked"),
    path(
        "problems/whistles/<uuid:escalation_id>/withdraw/",
        acts.withdraw_call,
        name="withdraw_call",
    ),
    path("problems/whistles/<uuid:escalation_id>/answer/", acts.answer, name="answer"),
    path("problems/whistles/<uuid:escalation_id>/pass-on/", acts.pass_on, name="pass_on"),
]

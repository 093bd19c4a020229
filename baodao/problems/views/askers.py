"""The page of a problem for whoever asked: found by its code, without an account."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel import journal
from baodao.needs.rules.life import AskerWord
from baodao.orgs.queries.tree import standing_of
from baodao.problems.commands.outcomes import answer_as_asker
from baodao.problems.forms import OwnWordForm
from baodao.problems.queries.problems import closure_of, open_call_of, problem_by_code
from baodao.problems.rules.problems import ASKER_STORIES
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit
from baodao.ui.timelines import timeline_items
from baodao.ui.wording import code_choices


@login_not_required
@reading
@never_cache
def show(request: ActorRequest, problem_code: str) -> HttpResponse:
    """How a problem stands since when, and what became of it: no names, no telephone, no words of
    those who solve it but how it was closed."""
    row = problem_by_code(problem_code)
    closure = closure_of(row)
    context = {
        "problem": row,
        "closure": closure,
        "call": open_call_of(row),
        "since": closure.closed_at if closure else row.since,
        "place": standing_of(row.place),
        "may_answer": closure is not None and not closure.word,
        "form": OwnWordForm(),
        "words": code_choices(AskerWord),
        "events": timeline_items(journal.timeline(row.pk), ASKER_STORIES),
    }
    return render(request, "problems/asked.html", context)


@login_not_required
@writing
def answer(request: ActorRequest, problem_code: str) -> HttpResponse:
    """满意, 基本满意, 还没解决: one tap, with a word beside it if they like."""
    row, form = problem_by_code(problem_code), OwnWordForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    word = request.POST.get("word", "")
    act = partial(answer_as_asker, code=row.code, word=word, remark=remark)
    to = reverse("problems:asked", args=[row.code])
    return submit(request, act, to=to, message=gettext("Thank you. The community reads it."))

"""The sheet of who is asked: no account is needed, whoever holds the link answers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor
from baodao.opinions.commands.rounds import express_opinion, rate_reply
from baodao.opinions.forms import OpinionSheetForm
from baodao.opinions.models import OpinionAnswer, OpinionSheet
from baodao.opinions.queries.rounds import answer_of, asker_now, is_past, sheet_by_token
from baodao.ui.follow_ups import FollowUp, follow_ups_of
from baodao.ui.guards import asking, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@login_not_required
@asking
@never_cache
def sheet(request: ActorRequest, sheet_token: str) -> HttpResponse:
    """Five ticks and a word; afterwards what was answered and what became of it."""
    # no end: afterwards the page shows what was answered
    row = sheet_by_token(sheet_token)
    context: dict[str, object] = {"sheet": row, "round": row.round, "asker": asker_now(row.round)}
    if request.method != "POST" and (row.answered_at is not None or is_past(row)):
        answer = answer_of(row)
        context |= {"answer": answer, "problem": _problem_of(request.actor, answer)}
        return render(request, "opinions/answered.html", context)
    form = bound(
        request, OpinionSheetForm, audience=row.round.audience, member=row.person_id is not None
    )
    page = FormPage(form, "opinions/sheet.html", context, anonymous=True)

    def act(actor: Actor, **_: object) -> OpinionSheet:
        return express_opinion(actor, token=sheet_token, facts=form.facts())

    return submit(request, act, to=_own(sheet_token), message=gettext("Thank you."), page=page)


def _problem_of(actor: Actor, answer: OpinionAnswer | None) -> FollowUp | None:
    """The problem that was made of an opinion, for whoever gave it."""
    keys = [answer.pk] if answer is not None else []
    return next(iter(follow_ups_of(actor, "given", keys).values()), None)


@login_not_required
@writing
def settled(request: ActorRequest, sheet_token: str) -> HttpResponse:
    """回访: settled, or not yet and what is missing."""
    word, missing = request.POST.get("settled") == "yes", request.POST.get("missing", "")

    def act(actor: Actor) -> object:
        return rate_reply(actor, token=sheet_token, settled=word, missing=missing)

    return submit(request, act, to=_own(sheet_token), message=gettext("Thank you."))


def _own(token: str) -> str:
    return reverse("opinions:sheet", args=[token])

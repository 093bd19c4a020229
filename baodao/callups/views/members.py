"""What a member answers to a call-up, and what a unit sees of how many of its own were called."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.callups.commands.answers import answer_call
from baodao.callups.forms import WindowForm
from baodao.callups.models import Summons
from baodao.callups.queries.callups import call_requires_check_in, own_summons, unit_calls
from baodao.callups.queries.willing import posts_taken
from baodao.callups.rules.callups import Readiness
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_unit_or_branch
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


def _page(summons: Summons) -> str:
    return reverse("callups:mine", args=[summons.call_id])


@asking
@member_only
def mine(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """What is called for, with two buttons; hours only for who cannot stay from start to end."""
    # no end: the page has its form while the call-up goes on
    summons = own_summons(request.actor, callup_id)
    form = bound(request, WindowForm)
    page = FormPage(form, "callups/mine.html").beside(
        summons=summons,
        call=summons.call,
        posts=posts_taken(summons),
        required=call_requires_check_in(summons.call),
    )

    def act(actor: Actor, **_: object) -> Summons:
        window = form.window()
        return answer_call(actor, call_id=summons.call_id, answer=Readiness.CAN, **window)

    return submit(request, act, to=_page, message=gettext("Noted: you can come."), page=page)


@writing
@member_only
def answer(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """One tap: can come, or cannot."""
    word = request.POST.get("answer", "")
    if word not in set(Readiness):
        raise Absent("answer")
    act = partial(answer_call, call_id=callup_id, answer=Readiness(word))
    return submit(request, act, to=_page, message=gettext("Noted. Thank you."))


@reading
def of_unit(request: ActorRequest) -> HttpResponse:
    """How many members of the unit or branch were called, and how many of them can come."""
    place = acting_unit_or_branch(request, Permission.CLAIM_READ)
    context = {"place": place, "calls": unit_calls(request.actor, place)}
    return render(request, "callups/of_unit.html", context)

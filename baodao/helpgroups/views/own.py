"""Mine, on the phone: the households of my groups, what is due, a help in one tap."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.helpgroups.commands.groups import leave_group
from baodao.helpgroups.commands.helps import state_help
from baodao.helpgroups.commands.households import HelpedHousehold, read_helped_household
from baodao.helpgroups.forms import HelpForm
from baodao.helpgroups.queries.groups import own_aides, own_stand, own_stands
from baodao.helpgroups.queries.helps import own_helps
from baodao.helpgroups.queries.measures import own_measures
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.residents.queries.files import check_shown
from baodao.statements.models import Statement
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, submit

OWN = "helpgroups:own"


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """My households with their next visit, and in which groups I am."""
    context = {
        "stands": own_stands(request.actor).answer(),
        "measures_due": own_measures(request.actor).answer(),
        "aides": own_aides(request.actor),
        "today": clock.today(),
    }
    return render(request, "helpgroups/own.html", context)


@asking
@member_only
def leave(request: ActorRequest, own_aide_id: UUID) -> HttpResponse:
    """Leave a group oneself."""
    # no end: only a group in which one is now is found
    row = own_aides(request.actor).filter(pk=own_aide_id).first()
    if row is None:
        raise Absent("aide")
    headline = gettext("Leave “%(g)s”?") % {"g": row.group.name}
    lead = gettext("Its households are open to you no longer; what you did stays yours.")
    page = phone_question(bound(request, Form), headline, gettext("Leave the group"), lead)
    act, to = partial(leave_group, aide_id=row.pk), reverse(OWN)
    page, message = page.beside(cancel=to), gettext("You left the group. Thank you.")
    return submit(request, act, to=to, message=message, page=page)


@asking
@member_only
def household(request: ActorRequest, own_stand_id: UUID) -> HttpResponse:
    """One of my households: one tap says what was done; when the next visit is due."""
    # no end: only a household of a group in which one is now is found
    row = own_stand(request.actor, own_stand_id)
    # no edit: today is a first guess
    form = bound(request, HelpForm, initial={"on": clock.today()})
    helps = own_helps(request.actor, row)[:20]
    page = FormPage(form, "helpgroups/household.html")
    page = page.beside(stand=row, helps=helps, today=clock.today())

    def act(actor: Actor, **_: object) -> Statement:
        return state_help(actor, stand_id=row.pk, help_given=form.help_given())

    message, to = gettext("Sent. The community confirms it."), reverse(OWN)
    return submit(request, act, to=to, message=message, page=page)


@asking
@member_only
@never_cache
def who(request: ActorRequest, own_stand_id: UUID) -> HttpResponse:
    """Ask once; the page that answers shows, to who is in the group now, whom it helps."""
    # no end: only a household of a group in which one is now is found
    row = own_stand(request.actor, own_stand_id)
    check_shown(row.community)
    headline = gettext("Whom you visit: “%(title)s”") % {"title": row.title}
    lead = gettext("Only for your visits. That you read it is written down.")
    page = phone_question(bound(request, Form), headline, gettext("Show"), lead)

    def answer(entry: HelpedHousehold) -> HttpResponse:
        return render(request, "helpgroups/who.html", {"entry": entry, "stand": row})

    act = partial(read_helped_household, stand_id=row.pk)
    to = reverse("helpgroups:household", args=[row.pk])
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=to, message=message, page=page, answer=answer)

"""我的: a member's papers, facts, what is kept about them and who has read it."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.rendering import Rendered
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.people.commands.own import correct_own_facts
from baodao.people.models import Membership
from baodao.people.queries.members import own_membership
from baodao.registration.forms import OwnFactsForm, city_path, home_of
from baodao.registration.tables.copy import copied, copied_workbook, readings
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import download
from baodao.ui.questions import Question, asked, fresh
from baodao.ui.requests import ActorRequest

FIELDS = ("specialty", "interests", "wishes", "free_times", "address")


def _membership(actor: Actor) -> Membership:
    held = own_membership(actor)
    if held is None:
        raise Absent("membership")
    return held


@asking
@member_only
def facts(request: ActorRequest) -> HttpResponse:
    """What the member may correct alone; the unit sees the change, nobody approves it."""
    held = _membership(request.actor)
    known = {name: getattr(held.person, name) for name in FIELDS}
    known["home_community"] = home_of(held.person.home_community_id)
    form = fresh(request, OwnFactsForm, city=city_path(held.branch), initial=known)
    question = Question(
        gettext("My facts"),
        gettext("Save"),
        reverse("home:mine"),
        gettext("Name, ID number and membership are kept by your unit; tell it what is wrong."),
        template="registration/phone_form.html",
    )
    return asked(request, form, question, _correct, gettext("Saved."))


def _correct(actor: Actor, home_community: Organisation | None, **told: str) -> None:
    home = home_community.pk if home_community else None
    correct_own_facts(actor, facts=told, home_community_id=home)


@reading
@member_only
def records(request: ActorRequest) -> HttpResponse:
    """Everything kept about the member, and everybody who has read a number of theirs."""
    context = {"copy": copied(request.actor), "readings": readings(request.actor)}
    return render(request, "registration/own_records.html", context)


@reading
@member_only
def copy_json(request: ActorRequest) -> HttpResponse:
    """The member's copy for machines."""
    text = json.dumps(copied(request.actor), ensure_ascii=False, indent=2, default=str)
    return download(Rendered(text.encode(), "application/json", "baodao.json"))


@reading
@member_only
def copy_xlsx(request: ActorRequest) -> HttpResponse:
    """The member's copy for reading."""
    return download(copied_workbook(request.actor))

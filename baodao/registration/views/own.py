"""我的: the facts that a member may correct alone."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import community_finder
from baodao.people.commands.own import correct_own_facts
from baodao.people.models import Membership
from baodao.people.queries.members import own_membership
from baodao.registration.forms import OwnFactsForm, home_of
from baodao.ui.guards import asking, member_only
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

FIELDS = ("specialty", "interests", "wishes", "free_times", "address")


def _membership(actor: Actor) -> Membership:
    membership = own_membership(actor)
    if membership is None:
        raise Absent("membership")
    return membership


@asking
@member_only
def facts(request: ActorRequest) -> HttpResponse:
    """What the member may correct alone; the unit sees the change, nobody approves it."""
    membership = _membership(request.actor)
    person, find = membership.person, community_finder(membership.branch)
    known = {name: getattr(person, name) for name in FIELDS}
    known["home_community"] = home_of(person.home_community_id)
    page = phone_question(
        bound(request, OwnFactsForm, find=find, initial=known),
        gettext("My facts"),
        gettext("Save"),
        gettext("Name, ID number and membership are kept by your unit; tell it what is wrong."),
    )
    page = replace(page, template="people/community_phone_form.html")
    to = reverse("home:mine")
    return submit(request, _correct, to=to, message=gettext("Saved."), page=page)


def _correct(actor: Actor, home_community: Organisation | None, **facts: str) -> None:
    home = home_community.pk if home_community else None
    correct_own_facts(actor, facts=facts, home_community_id=home)

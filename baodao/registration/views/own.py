"""我的: the facts that a member may correct alone."""

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
    form = fresh(request, OwnFactsForm, find=community_finder(held.branch), initial=known)
    question = Question(
        gettext("My facts"),
        gettext("Save"),
        reverse("home:mine"),
        gettext("Name, ID number and membership are kept by your unit; tell it what is wrong."),
        template="people/community_phone_form.html",
    )
    return asked(request, form, question, _correct, gettext("Saved."))


def _correct(actor: Actor, home_community: Organisation | None, **told: str) -> None:
    home = home_community.pk if home_community else None
    correct_own_facts(actor, facts=told, home_community_id=home)

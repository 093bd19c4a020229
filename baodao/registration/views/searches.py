"""Members reported in a community, as they are found from the header."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import place_name
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.search import search
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_in
from baodao.registration.rules.states import State
from baodao.ui.guards import may_search
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _reported(request: ActorRequest, words: str) -> QuerySet[Registration] | None:
    """Who is reported in the community acted for; by a number as the lists allow it."""
    place = request.acting
    if place is None or place.kind != Kind.COMMUNITY:
        return None
    if not request.actor.may(Permission.REGISTRATION_READ, place.path):
        return None
    if not may_search(request, words):
        return None
    rows = accepted_in(request.actor, place).filter(state=State.ACCEPTED)
    return search(rows, words, "person__").order_by("person__pinyin", "person__number")


def _reported_hit(request: ActorRequest, row: Registration) -> Hit:
    person, acts = row.person, []
    if request.actor.may(Permission.REGISTRATION_PLACE, row.community.path):
        acts.append((gettext("Grid and team"), reverse("registration:place", args=[row.pk])))
    about = " · ".join((person.number, place_name(row.branch)))
    return Hit(person.name, about, reverse("home:person", args=[person.pk]), tuple(acts))


REPORTED = SearchSource(
    gettext_noop("Members reported here"), _reported, _reported_hit, "registration:members"
)

"""Members reported in a community, and letters by number, as they are found from the header."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import place_name
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import memberships
from baodao.people.queries.search import search
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_in, registrations
from baodao.registration.rules.states import State
from baodao.registration.tables.lists import letters_numbered
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


def _letters(request: ActorRequest, words: str) -> QuerySet[Registration] | None:
    """Letters of this number that the unit, branch or community acted for reads."""
    place = request.acting
    if place is None or place.kind not in (Kind.UNIT, Kind.BRANCH, Kind.COMMUNITY):
        return None
    rows = letters_numbered(registrations(request.actor), words)
    if place.kind == Kind.COMMUNITY:
        rows = rows.filter(community__path__startswith=place.path)
    else:
        here = memberships(request.actor, Permission.REGISTRATION_READ)
        here = here.filter(branch__path__startswith=place.path)
        rows = rows.filter(person__in=here.values("person"))
    return rows.order_by("-letter__issued_at")


def _letter_hit(_request: ActorRequest, row: Registration) -> Hit:
    about = " · ".join((row.letter.number_text, row.community.name, row.get_state_display()))
    return Hit(row.person.name, about, reverse("home:person", args=[row.person_id]))


SEARCHES = (
    SearchSource(
        gettext_noop("Members reported here"), _reported, _reported_hit, "registration:members"
    ),
    SearchSource(gettext_noop("Letters"), _letters, _letter_hit),
)

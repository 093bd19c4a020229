"""Asked before people are searched: a sealed number is searched with a right, and counted. Members,
as they are found from the header."""

from django.contrib import messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.queries.tree import place_name
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.searches import note_search
from baodao.people.models import Membership
from baodao.people.queries.members import memberships
from baodao.people.queries.search import sealed_number, search
from baodao.ui.guards import may_search
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


class PeopleGuard:
    """Names are searched always, numbers as `note_search` allows."""

    def may_search(self, request: ActorRequest, words: str) -> bool:
        """Count a search by a number; say why when it is refused."""
        number = sealed_number(words)
        if not number:
            return True
        try:
            note_search(request.actor, place=request.acting, number=number)
        except Refused as refused:
            messages.warning(request, worded(refused))
            return False
        return True

    def offers_numbers(self, request: ActorRequest) -> bool:
        """Whether the reader may see numbers in full where they act, and so search by them."""
        place = request.acting
        return place is not None and request.actor.may(Permission.PERSON_UNMASK, place.path)


def _members(request: ActorRequest, words: str) -> QuerySet[Membership] | None:
    """Members of the organisation acted for, of which a community has none; by a number as the
    lists allow it."""
    place = request.acting
    if place is None or place.kind == Kind.COMMUNITY:
        return None
    if not request.actor.may(Permission.PERSON_READ, place.path):
        return None
    if not may_search(request, words):
        return None
    rows = memberships(request.actor, Permission.PERSON_READ)
    rows = rows.filter(branch__path__startswith=place.path)
    return search(rows, words, "person__").order_by("person__pinyin", "person__number")


def _member_hit(request: ActorRequest, row: Membership) -> Hit:
    person = row.person
    acts = []
    if request.actor.may(Permission.PERSON_EDIT, row.branch.path):
        acts.append((gettext("Edit"), reverse("people:edit", args=[person.pk])))
    about = " · ".join((person.number, place_name(row.branch)))
    return Hit(person.name, about, reverse("home:person", args=[person.pk]), tuple(acts))


MEMBERS = SearchSource(gettext_noop("People"), _members, _member_hit, "people:list")

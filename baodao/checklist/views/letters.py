"""Letters for those of a unit who have none."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist.forms import IssueForm
from baodao.checklist.queries.missing import Rows, missing_rows
from baodao.checklist.rules.reasons import Why
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.queries.tree import ancestor_of, places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.registration.commands import letters
from baodao.registration.queries.letters import reports_to_partner
from baodao.ui.guards import acting_for, asking, ids_of
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, submit

MOST_ROWS = 100
"""Members named on the page that issues letters; the others are reached by "everybody"."""


@asking
def issue(request: ActorRequest) -> HttpResponse:
    """Letters for the ticked members, or for everybody who has none."""
    place = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.LETTER_ISSUE)
    rows = _without_letter(request, place)
    form = bound(request, IssueForm, find=community_finder(place))
    if form.is_valid():
        everybody = "everybody" in request.POST
        ids = list(rows.values_list("person", flat=True)) if everybody else ids_of(request)
        return _issued(request, ids, form.cleaned_data["community"])
    first = _with_destinations(place, list(rows[:MOST_ROWS]))
    context = {"place": place, "form": form, "without": first, "count": rows.count()}
    return render(request, "checklist/issue.html", context)


def _without_letter(request: ActorRequest, place: Organisation) -> Rows:
    """Who in service has no letter; only one of them when the url names a person."""
    rows = missing_rows(request.actor, place).filter(why=Why.NO_LETTER)
    if "person" not in request.GET:
        return rows
    try:
        return rows.filter(person=UUID(request.GET["person"]))
    except ValueError as error:
        raise Absent("person") from error


def _with_destinations(place: Organisation, rows: list[Membership]) -> list[tuple[Membership, str]]:
    """Each with the community that the unit's policy chooses; empty where it is not known."""
    unit = ancestor_of(place, Kind.UNIT) or place
    if reports_to_partner(unit):
        partner = partner_community(unit)
        return [(row, partner.name if partner else "") for row in rows]
    homes = places(Kind.COMMUNITY).filter(pk__in={row.person.home_community_id for row in rows})
    names = dict(homes.values_list("pk", "name"))
    return [(row, names.get(row.person.home_community_id or 0, "")) for row in rows]


def _issued(request: ActorRequest, ids: list[UUID], community: Organisation | None) -> HttpResponse:
    act = partial(
        letters.issue_letters,
        person_ids=ids,
        community_id=community.pk if community else None,
    )
    to = reverse("registration:letters") + "?state=issued"
    return submit(request, act, to=to, message=issued_words)


def issued_words(count: int) -> str:
    """What is said after issuing."""
    sentence = ngettext("%(count)s letter issued.", "%(count)s letters issued.", count)
    return sentence % {"count": count}

"""A unit's first page: how many have reported, who is missing and why, and what to do next."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.registration import queries
from baodao.registration.queries import UnitStanding
from baodao.registration.rules import ExemptionState, Why
from baodao.registration.tables.profile import Act
from baodao.registration.views.acting import unit_of, whole_unit
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest


@reading
def home(request: ActorRequest) -> HttpResponse:
    """The unit, or one branch, with both denominators and everybody who is missing."""
    place = unit_of(request)
    standing = queries.unit_standing(request.actor, place)
    reasons = Counter(one.reason for one in standing.totals.missing)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    context = {
        "place": place,
        "standing": standing,
        "totals": standing.totals,
        "reasons": [(why, reasons[why]) for why in Why if reasons[why]],
        "may_issue": may_issue,
        "next": next_act(standing) if may_issue else None,
    }
    return render(request, "registration/unit.html", context | _beside(request, place))


def _beside(request: ActorRequest, place: Organisation) -> dict[str, object]:
    """What the cards below the table tell."""
    exemptions = queries.exemptions(request.actor).filter(
        branch__path__startswith=place.path, state=ExemptionState.REQUESTED
    )
    held = queries.unit_registration_of(request.actor, whole_unit(place))
    return {"unit_registration": held, "undecided": exemptions.count()}


def next_act(standing: UnitStanding) -> Act | None:
    """The one useful thing: letters, then the group report, then what was returned."""
    letters = reverse("registration:letters")
    if count := len(standing.with_reason(Why.NO_LETTER)):
        told = ngettext("Issue %(count)s letter", "Issue %(count)s letters", count)
        return Act(told % {"count": count}, reverse("registration:issue"))
    if count := len(standing.with_reason(Why.NOT_PRESENTED)):
        told = ngettext("Report %(count)s member", "Report %(count)s members as a group", count)
        return Act(told % {"count": count}, f"{letters}?state=issued")
    if count := len(standing.with_reason(Why.RETURNED)):
        told = ngettext("See %(count)s returned", "See %(count)s returned", count)
        return Act(told % {"count": count}, f"{letters}?state=returned")
    return None

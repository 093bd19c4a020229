"""查漏补缺: who has not reported and why, by branch, and a reminder to chosen ones."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist import commands
from baodao.checklist.queries.missing import missing_rows
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.tables import CheckList
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import acting_for, ids_of, reading, writing
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit

SIDES = (Kind.UNIT, Kind.BRANCH)


@reading
def missing(request: ActorRequest) -> HttpResponse:
    """Everybody in service without an accepted registration, with the reason."""
    place = acting_for(request, SIDES, Permission.REGISTRATION_REMIND)
    standing = unit_standing(request.actor, place)
    rows = missing_rows(request.actor, place)
    listing = CheckList(rows, standing, request.GET.dict())
    if request.GET.get("export") == "xlsx":
        return download(listing.workbook())
    context = {
        "place": place,
        "listing": listing,
        "totals": standing.totals,
        "may_request": request.actor.may(Permission.EXEMPTION_REQUEST, place.path),
        "may_issue": request.actor.may(Permission.LETTER_ISSUE, place.path),
    }
    return render(request, "checklist/missing.html", context)


@writing
def send_reminders(request: ActorRequest) -> HttpResponse:
    """Remind the ticked members; who gets none is named with the reason."""
    acting_for(request, SIDES, Permission.REGISTRATION_REMIND)
    return submit(
        request,
        partial(commands.remind, person_ids=ids_of(request)),
        to=reverse("checklist:missing"),
        message=reminded_words,
    )


def reminded_words(count: int) -> str:
    """What is said after reminding."""
    sentence = ngettext(
        "%(count)s member will be reminded.", "%(count)s members will be reminded.", count
    )
    return sentence % {"count": count}

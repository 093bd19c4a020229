"""查漏补缺: who has not reported and why, by branch, and a reminder to chosen ones."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel.authz import Permission
from baodao.registration.commands import reminders
from baodao.registration.queries.check_list import missing_rows, unit_standing
from baodao.registration.tables.check_list import CheckList
from baodao.registration.views.scope import unit_of
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def missing(request: ActorRequest) -> HttpResponse:
    """Everybody in service without an accepted registration, with the reason."""
    place = unit_of(request)
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
    return render(request, "registration/check_list.html", context)


@writing
def send_reminders(request: ActorRequest) -> HttpResponse:
    """Remind the ticked members; who gets none is named with the reason."""
    unit_of(request, Permission.REGISTRATION_REMIND)
    return submit(
        request,
        partial(reminders.remind, person_ids=ids_of(request)),
        to=reverse("registration:check_list"),
        message=reminded_words,
    )


def reminded_words(count: int) -> str:
    """What is said after reminding."""
    sentence = ngettext(
        "%(count)s member will be reminded.", "%(count)s members will be reminded.", count
    )
    return sentence % {"count": count}

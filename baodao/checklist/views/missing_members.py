"""查漏补缺: who has not reported and why, by branch, and a reminder to chosen ones."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist import commands
from baodao.checklist.queries.missing_members import missing_rows
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.tables import CheckList
from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.exports import medium_of
from baodao.ui.guards import acting_for, ids_of, reading, writing
from baodao.ui.listing import check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit

SIDES = (Kind.UNIT, Kind.BRANCH)


@reading
def missing(request: ActorRequest) -> HttpResponse:
    """Everybody in service without an accepted registration, with the reason."""
    place = acting_for(request, SIDES, Permission.REGISTRATION_REMIND)
    listing = _listing(request, place)
    if medium := medium_of(request, listing.media):
        if medium.on_paper:
            check_printable(listing.count)
        return paper_download(request, listing.file(medium.code))
    context = {
        "place": place,
        "listing": listing,
        "totals": listing.standing.totals,
        "may_request": request.actor.may(Permission.EXEMPTION_REQUEST, place.path),
        "may_issue": request.actor.may(Permission.LETTER_ISSUE, place.path),
    }
    return render(request, "checklist/missing.html", context)


def _listing(request: ActorRequest, place: Organisation) -> CheckList:
    """The list as it is searched and filtered in the url."""
    rows, standing = missing_rows(request.actor, place), unit_standing(request.actor, place)
    return CheckList(rows, standing, request.GET.dict())


@writing
def send_reminders(request: ActorRequest) -> HttpResponse:
    """Remind the ticked members, or all of the list; who gets none is named with the reason."""
    listing = _listing(request, acting_for(request, SIDES, Permission.REGISTRATION_REMIND))
    ids = listing.selection if "all" in request.POST else ids_of(request)
    return submit(
        request,
        partial(commands.remind, person_ids=ids),
        to=f"{reverse('checklist:missing')}?{request.GET.urlencode()}",
        message=reminded_words,
    )


def reminded_words(count: int) -> str:
    """What is said after reminding."""
    sentence = ngettext(
        "%(count)s member will be reminded.", "%(count)s members will be reminded.", count
    )
    return sentence % {"count": count}

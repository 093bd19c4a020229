"""查漏补缺: who has not reported and why, by branch, and a reminder to chosen ones."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist import commands
from baodao.checklist.queries.missing_members import missing_rows
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.tables import CheckList
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import memberships
from baodao.registration.queries.registrations import registrations
from baodao.ui.exports import medium_of
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.listing import check_printable, paper_download
from baodao.ui.pages import page_before
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit

SIDES = (Kind.UNIT, Kind.BRANCH)
LISTS: Mapping[str, tuple[Callable[[Actor, Permission], QuerySet[Any]], str]] = {
    "roster": (memberships, "people:list"),
    "letters": (registrations, "registration:letters"),
}
"""Lists of people beside the check list, whose ticked rows are reminded: their rows, their page."""


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
        "totals": listing.totals,
        "may_request": request.actor.may(Permission.EXEMPTION_REQUEST, place.path),
        "may_issue": request.actor.may(Permission.LETTER_ISSUE, place.path),
    }
    return render(request, "checklist/missing.html", context)


def _listing(request: ActorRequest, place: Organisation) -> CheckList:
    """The list as it is searched and filtered in the url."""
    rows, standing = (
        missing_rows(request.actor, place),
        unit_standing(request.actor, place).answer(),
    )
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


@writing
def remind_chosen(request: ActorRequest, of: str) -> HttpResponse:
    """Remind the ticked of the roster or of the letters; who gets none is named with the reason."""
    acting_for(request, SIDES, Permission.REGISTRATION_REMIND)
    if of not in LISTS:
        raise Absent("list")
    rows, page = LISTS[of]
    persons = _persons(rows(request.actor, Permission.REGISTRATION_REMIND), ids_of(request))
    act, to = partial(commands.remind, person_ids=persons), page_before(request, reverse(page))
    return submit(request, act, to=to, message=reminded_words)


def _persons(rows: QuerySet[Any], ids: Collection[UUID]) -> set[UUID]:
    """Whose rows these are. Raises `Absent` for a row out of scope."""
    persons = dict(rows.filter(pk__in=ids).values_list("pk", "person"))
    if len(persons) != len(set(ids)):
        raise Absent("member")
    return set(persons.values())


def reminded_words(count: int) -> str:
    """What is said after reminding."""
    sentence = ngettext(
        "%(count)s member will be reminded.", "%(count)s members will be reminded.", count
    )
    return sentence % {"count": count}

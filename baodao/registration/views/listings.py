"""The lists that are both shown and printed: letters, receipts, members here."""

from collections.abc import Collection
from uuid import UUID

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.registration.models import Registration
from baodao.registration.queries.desks import host_choices, hosted
from baodao.registration.queries.registrations import (
    past_registrations,
    present_registrations_of,
    received_registrations_of,
)
from baodao.registration.rules.states import State
from baodao.registration.tables.lists import (
    hosted_by,
    letters_of,
    once_hosted_by,
    past_letters_of,
    receipts_of,
)
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest

MOST_PAPERS = 2_000
"""Papers in one file; more would keep people waiting without a sign."""


def is_past(request: ActorRequest) -> bool:
    """Whether the url asks for those whose relation is over."""
    return request.GET.get("presence") == "ended"


def letters_listing(request: ActorRequest, place: Organisation) -> Listing:
    """The letters of present members, those that an earlier unit wrote too while they live; on
    request the letters of who was a member once, as they were then."""
    if is_past(request):
        rows = past_registrations(request.actor).filter(branch__path__startswith=place.path)
        return Listing(rows, request, past_letters_of())
    rows = present_registrations_of(place)
    may_issue = request.actor.may(Permission.LETTER_ISSUE, place.path)
    return Listing(rows, request, letters_of(place, may_choose=may_issue))


def receipts_listing(request: ActorRequest, place: Organisation) -> Listing:
    """The registered among those who are present members in service now."""
    may_print = request.actor.may(Permission.PERSON_UNMASK, place.path)
    return Listing(
        received_registrations_of(place), request, receipts_of(place, may_print=may_print)
    )


def members_listing(request: ActorRequest, community: Organisation) -> Listing:
    """Who is registered here, or was when the url asks for those whose registration ended."""
    if is_past(request):
        rows = past_registrations(request.actor).filter(
            community__in=ids_below(community.path), state=State.ENDED
        )
        return Listing(rows, request, once_hosted_by())
    choices = host_choices(request.actor, community)
    return Listing(hosted(request.actor, community), request, hosted_by(choices))


def printable(listing: Listing, ids: Collection[UUID] = ()) -> list[Registration]:
    """The rows with these ids, or all of the list, in its order; refused when none or too many."""
    rows = listing.ordered_rows
    sheets = list((rows.filter(pk__in=ids) if ids else rows)[: MOST_PAPERS + 1])
    if not sheets:
        raise Refused("paper.none", gettext_noop("There is nothing to print in this list."))
    if len(sheets) > MOST_PAPERS:
        raise Refused(
            "paper.too-many",
            gettext_noop("At most %(count)s papers in one file; filter the list first."),
            count=MOST_PAPERS,
        )
    return sheets

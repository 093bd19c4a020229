"""The community's desk: receive many at once, give one back, and the members here."""

import re
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent
from baodao.orgs.queries.tree import below, choosable, ids_below
from baodao.orgs.requests import acting_community
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands import arrivals, placements
from baodao.registration.commands.papers import renew_papers
from baodao.registration.forms import PlacementForm, PlacementsForm
from baodao.registration.models import Registration
from baodao.registration.queries.desks import DESK_ROWS, desk, groups_of
from baodao.registration.queries.registrations import registration_for, registrations
from baodao.registration.rules.states import REGISTRATION, State, check_placed, check_renewed
from baodao.registration.tables.lists import letters_fitting
from baodao.registration.views.listings import is_past, members_listing
from baodao.ui.forms import ConfirmForm, ReturnForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

ADDRESS = re.compile(r"/l/(?P<token>[\w-]{16,32})/?$")
"""How the address in a letter's code ends."""

FITTING = 20


def received(count: int) -> str:
    """What is said after acceptance."""
    return ngettext(
        "%(count)s person received. The receipt has gone to the unit.",
        "%(count)s persons received. The receipts have gone to their units.",
        count,
    ) % {"count": count}


@reading
def waiting(request: ActorRequest) -> HttpResponse:
    """Everybody who waits, by unit, all of a page ticked: one button receives them."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    listing = Paging(desk(request.actor, community), request, DESK_ROWS)
    context = {"community": community, "listing": listing, "groups": groups_of(listing.rows)}
    return render(request, "registration/desk.html", context)


@writing
def receive(request: ActorRequest) -> HttpResponse:
    """Accept the ticked registrations; who cannot be accepted is named."""
    if not request.actor.may_somewhere(Permission.REGISTRATION_ACCEPT):
        raise Absent("desk")
    act = partial(arrivals.accept, registration_ids=ids_of(request))
    return submit(request, act, to=reverse("registration:desk"), message=received)


@asking
def give_back(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """Return one letter with the reason that the member will read."""
    registration = registration_for(request.actor, registration_id, Permission.REGISTRATION_ACCEPT)
    page = question(
        bound(request, ReturnForm),
        gettext("Return the letter of %(name)s") % {"name": registration.person.name},
        gettext("Return"),
        gettext("The member and the unit read your reason; the letter can be presented again."),
    ).while_open(REGISTRATION.move, registration.state, State.RETURNED)
    act = partial(arrivals.return_to_member, registration_id=registration.id)
    message = gettext("Returned. The member has been told why.")
    return submit(request, act, to=reverse("registration:desk"), message=message, page=page)


@reading
def members(request: ActorRequest) -> HttpResponse:
    """The ledger of members who reported here; those whose registration ended on request."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    listing = members_listing(request, community)
    placement = _placements(request, listing)
    context = {"community": community, "ended": is_past(request), "placement": placement}
    return listing.response("registration/members.html", context)


@writing
def put_many(request: ActorRequest) -> HttpResponse:
    """Put the ticked members, or all of the list, in a grid and a team."""
    listing = members_listing(request, acting_community(request, Permission.REGISTRATION_ACCEPT))
    form = _placements(request, listing)
    if is_past(request) or not form.is_valid():
        raise Absent("place")
    act = partial(_place_many, listing=listing, places=form.places)
    to = f"{reverse('registration:members')}{listing.address(page=None)}"
    return submit(request, act, to=to, message=placed_words)


def _placements(request: ActorRequest, listing: Listing) -> PlacementsForm:
    """The places by which the list is filtered are those that one can choose."""
    choices = {one.key: one.choices for one in listing.spec.filters}
    grids, teams = choices.get("grid", ()), choices.get("team", ())
    return bound(request, PlacementsForm, grids=grids, teams=teams)


def _place_many(
    actor: Actor, *, listing: Listing, places: Mapping[Kind, int | None]
) -> Batch[Registration]:
    ids = listing.selection
    return placements.place_many(actor, registration_ids=ids, places=places)


def placed_words(count: int) -> str:
    """What is said after placing many."""
    sentence = ngettext("%(count)s member placed.", "%(count)s members placed.", count)
    return sentence % {"count": count}


@asking
def put(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """Put an accepted member in a grid and a team of this community."""
    registration = registration_for(request.actor, registration_id, Permission.REGISTRATION_PLACE)
    page = question(
        _placement(request, registration),
        gettext("Grid and team of %(name)s") % {"name": registration.person.name},
        gettext("Save"),
    ).editing(registration, lambda row: {"grid": row.grid_id, "team": row.team_id})
    page = page.while_open(check_placed, registration.state)
    act = partial(_place, registration_id=registration.id)
    to = reverse("home:person", args=[registration.person_id])
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


@asking
def renew(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """Issue receipt and card of a member anew, with what is known today."""
    registration = registration_for(request.actor, registration_id, Permission.REGISTRATION_ACCEPT)
    page = question(
        bound(request, ConfirmForm),
        gettext("Issue receipt and card of %(name)s anew") % {"name": registration.person.name},
        gettext("Issue anew"),
        gettext(
            "They get the next number and say what is known today. The former ones, %(number)s, "
            "say from then on that they were replaced, and by which."
        )
        % {"number": registration.receipt_text},
    ).while_open(check_renewed, registration.state)
    act = partial(renew_papers, registration_id=registration.id)
    to = reverse("home:person", args=[registration.person_id])
    return submit(request, act, to=to, message=_renewed, page=page)


def _renewed(registration: Registration) -> str:
    return gettext("Issued as %(number)s.") % {"number": registration.receipt_text}


def _placement(request: ActorRequest, registration: Registration) -> PlacementForm:
    community = registration.community
    return bound(
        request,
        PlacementForm,
        grids=choosable(below(community, Kind.GRID), registration.grid_id),
        teams=choosable(below(community, Kind.TEAM), registration.team_id),
    )


def _place(actor: Actor, *, registration_id: UUID, grid: int | None, team: int | None) -> None:
    placements.place(actor, registration_id=registration_id, grid_id=grid, team_id=team)


@reading
def find(request: ActorRequest) -> HttpResponse:
    """A letter at the desk: scanned, or found by name or number among those for this community."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    words = request.GET.get("number", "").strip()
    if scanned := ADDRESS.search(words):
        return redirect("registration:letter_link", scanned["token"])
    rows = registrations(request.actor, Permission.REGISTRATION_ACCEPT)
    here = ids_below(community.path)
    live = rows.filter(community__in=here, state__in=REGISTRATION.live)
    every = letters_fitting(live, words)
    fitting = every[:FITTING]
    if len(fitting) == 1:
        return redirect("registration:letter_link", fitting[0].letter.token)
    context = {"community": community, "words": words, "fitting": fitting, "count": len(every)}
    return render(request, "registration/found.html", context)

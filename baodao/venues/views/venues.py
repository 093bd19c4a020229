"""Places, as who keeps them sees them: opened, put right, closed, with rooms, windows and days."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel.authz import Actor
from baodao.kernel.days import read_day
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import Kind
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.venues.commands import venues as commands
from baodao.venues.documents import poster_of
from baodao.venues.forms import NewVenueForm, OtherDaysForm, VenueForm, venue_known
from baodao.venues.models import Venue
from baodao.venues.queries.bookings import to_confirm
from baodao.venues.queries.venues import days_that_differ, kept_in, offered_at, opening_of, venue_of
from baodao.venues.rules.venues import KEEPING, keeper_permission
from baodao.venues.tables import venues_spec

LIST = "venues:list"


def acting_keeper(request: ActorRequest) -> Organisation:
    """The authority or community for which the request acts. Raises `Absent`."""
    place = request.acting
    if place is None or place.kind not in KEEPING:
        raise Absent("organisation")
    return acting_for(request, KEEPING, keeper_permission(place.kind))


@reading
def venues(request: ActorRequest) -> HttpResponse:
    """The places of the organisation and below, from the top down; what waits to be confirmed."""
    place = acting_keeper(request)
    listing = Listing(kept_in(request.actor, place), request, venues_spec())
    waiting = to_confirm(request.actor, place).count()
    return listing.response("venues/venues.html", {"place": place, "waiting": waiting})


def _address(row: Venue) -> str:
    return reverse("venues:venue", args=[row.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Open a place of the organisation, or of one of a community's grids."""
    place = acting_keeper(request)
    grids = below(place, Kind.GRID).filter(closed_at=None) if place.kind == Kind.COMMUNITY else []
    keepers = {row.pk: row for row in (place, *grids)}
    form = bound(request, NewVenueForm, keepers=list(keepers.values()))
    page = question(form, gettext("A new place of service"), gettext("Add"))

    def act(actor: Actor, **_: object) -> Venue:
        keeper = keepers[form.cleaned_data["organisation"]]
        kind, facts = Kind(keeper.kind), form.facts()
        return commands.add_venue(actor, organisation_id=keeper.pk, kind=kind, facts=facts)

    message = gettext("Added. Now add its rooms and windows, and put up the poster.")
    page = page.beside(cancel=reverse(LIST))
    return submit(request, act, to=_address, message=message, page=page)


@reading
def venue(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """One place: when it is open, rooms and windows, days that differ, what is offered there."""
    row = venue_of(request.actor, venue_id)
    context = {
        "venue": row,
        "opening": opening_of(row),
        "days": days_that_differ(row),
        "offered": offered_at(row),
    }
    return render(request, "venues/venue.html", context)


@asking
def edit(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """Put right what is said of it and its hours."""
    # no end: only places, rooms and windows that are open are found
    row = venue_of(request.actor, venue_id)
    form = bound(request, VenueForm)
    page = question(form, gettext("Change “%(title)s”") % {"title": row.name}, gettext("Save"))
    page = page.editing(row, venue_known).beside(cancel=_address(row))

    def act(actor: Actor, **_: object) -> Venue:
        return commands.edit_venue(actor, venue_id=row.pk, facts=form.facts())

    message = gettext("Saved. What is booked stays as it is.")
    return submit(request, act, to=_address(row), message=message, page=page)


@asking
def end(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """It is closed for good; what is booked is cancelled."""
    # no end: only places, rooms and windows that are open are found
    row = venue_of(request.actor, venue_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("“%(title)s” is closed for good") % {"title": row.name},
        gettext("Close it for good"),
        gettext("Its page is gone, what is booked is cancelled, and who booked is told."),
    ).beside(cancel=_address(row))
    act = partial(commands.end_venue, venue_id=row.pk)
    return submit(request, act, to=reverse(LIST), message=gettext("Closed."), page=page)


@asking
def set_days(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """Days on which other hours hold, or none, with the reason."""
    # no end: only places, rooms and windows that are open are found
    row = venue_of(request.actor, venue_id)
    form = bound(request, OtherDaysForm)
    page = question(
        form,
        gettext("Days that differ: “%(title)s”") % {"title": row.name},
        gettext("Save"),
        gettext("What is booked at hours that are left out is cancelled, and who booked is told."),
    ).beside(cancel=_address(row))

    def act(actor: Actor, **_: object) -> int:
        return commands.set_days(actor, venue_id=row.pk, other=form.other())

    return submit(request, act, to=_address(row), message=_released, page=page)


def _released(count: int) -> str:
    if not count:
        return gettext("Saved. Nothing was booked at hours that are left out.")
    words = ngettext(
        "Saved. %(n)s booking was cancelled; call whom you can.",
        "Saved. %(n)s bookings were cancelled; call whom you can.",
        count,
    )
    return words % {"n": count}


@writing
def remove_day(request: ActorRequest, venue_id: UUID, on: str) -> HttpResponse:
    """The hours of the week hold on a day again."""
    row = venue_of(request.actor, venue_id)
    act = partial(commands.remove_day, venue_id=row.pk, on=read_day(on))
    message = gettext("The hours of the week hold on this day again.")
    return submit(request, act, to=_address(row), message=message)


@asking
def renew(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """A new address for its public page; the old poster leads nowhere."""
    # no end: only places, rooms and windows that are open are found
    row = venue_of(request.actor, venue_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("A new address for “%(title)s”") % {"title": row.name},
        gettext("Renew the address"),
        gettext("The poster that hangs there leads nowhere then; print it anew."),
    ).beside(cancel=_address(row))
    act = partial(commands.renew_venue, venue_id=row.pk)
    message = gettext("Renewed. Print the poster anew.")
    return submit(request, act, to=_address(row), message=message, page=page)


@reading
def poster(request: ActorRequest, venue_id: UUID) -> HttpResponse:
    """The poster for the door, with the code of the public page."""
    row = venue_of(request.actor, venue_id)
    path = reverse("venues:public", args=[row.token])
    return paper_download(request, poster_of(row, f"{settings.PUBLIC_URL}{path}"))

"""The appointments of a community: their list, taken down at the window, ended; all else is alike
for every booking."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.alliance.commands import appointments as commands
from baodao.alliance.documents import slip_item
from baodao.alliance.forms import AppointmentByHandForm
from baodao.alliance.models import Appointment
from baodao.alliance.queries.alliance import free_of, service_here
from baodao.alliance.queries.appointments import appointments, appointments_in
from baodao.alliance.rules.papers import APPOINTMENT_SLIP
from baodao.alliance.tables import appointments_spec
from baodao.bookings.queries.bookings import booking_of
from baodao.bookings.views.desk import board_page
from baodao.bookings.views.pages import BookingPages
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.requests import acting_community
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

PAGES = BookingPages(commands.APPOINTMENTS, "alliance", "appointment", APPOINTMENT_SLIP, slip_item)


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The appointments of the community by what became of them, the soonest first."""
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    listing = Listing(appointments_in(request.actor, community), request, appointments_spec())
    above = reverse("alliance:list"), gettext("Convenience alliance")
    return board_page(request, listing, community, above)


@asking
def book(request: ActorRequest, service_id: UUID) -> HttpResponse:
    """Take an appointment down at the window or on the telephone."""
    # no end: what is offered no more is not found
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    service = service_here(community, service_id)
    form = bound(request, AppointmentByHandForm, slots=free_of(service), service=service)
    headline = gettext("Book “%(title)s”") % {"title": service.title}
    page = question(form, headline, gettext("Book"), service.member.name)
    page = page.beside(cancel=reverse("alliance:list"))

    def act(actor: Actor, **_: object) -> Appointment:
        place, what = community.pk, service.pk
        return commands.book_by_hand(actor, community_id=place, service_id=what, facts=form.facts())

    return submit(request, act, to=PAGES.at_desk, message=gettext("Booked."), page=page)


@writing
def outcome(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """Whether it took place, with one tap."""
    row = booking_of(appointments(request.actor), appointment_id)
    word = request.POST.get("outcome", "")
    act = partial(commands.note_outcome, booking_id=row.pk, outcome=word)
    return submit(request, act, to=PAGES.at_desk(row), message=gettext("Noted."))

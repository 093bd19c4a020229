"""A member's own way: where they stand, their letter, presenting it, and moving house."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.errors import Absent
from baodao.orgs.queries.choices import community_finder
from baodao.registration.commands import presentations
from baodao.registration.forms import TransferForm
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import REGISTRATION
from baodao.registration.views.departures import transfer
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit


def live_of(request: ActorRequest) -> Registration:
    """The member's live registration. Raises `Absent` when there is none."""
    registration = own_registration(request.actor)
    if registration is None or registration.state not in REGISTRATION.live:
        raise Absent("registration")
    return registration


@reading
@member_only
def own_letter(request: ActorRequest) -> HttpResponse:
    """The letter on the phone, its code large enough to be scanned from the screen."""
    context = {"registration": live_of(request)}
    return render(request, "registration/own_letter.html", context)


@writing
def present_own(request: ActorRequest, registration_id: UUID) -> HttpResponse:
    """The member puts the letter before the community, for the first time or again."""
    return submit(
        request,
        partial(presentations.present, registration_id=registration_id),
        to=reverse("home:member"),
        message=gettext("Presented. The community receives you; you need not hand in anything."),
    )


@asking
@member_only
def move(request: ActorRequest) -> HttpResponse:
    """The member moved house: one act ends here and opens the other community."""
    registration = live_of(request)
    page = phone_question(
        bound(request, TransferForm, find=community_finder(registration.community)),
        gettext("To which community have you moved?"),
        gettext("Move there"),
        gettext("Your unit and both communities are told; no paper is needed."),
    )
    return submit(
        request,
        partial(transfer, registration_id=registration.id),
        to=reverse("home:member"),
        message=gettext("Done. The new community receives you."),
        page=page,
    )

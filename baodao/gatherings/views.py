"""What a unit, a branch or a community calls its members to and shares with them; 党员之家, where a
member finds it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.gatherings import queries
from baodao.gatherings.commands import gatherings as commands
from baodao.gatherings.forms import GatheringForm, MaterialForm, gathering_known
from baodao.gatherings.models import Gathering
from baodao.gatherings.rules.gatherings import GatheringState, check_not_begun
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.people.queries.members import own_membership
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIST = "gatherings:list"


def _keeper(request: ActorRequest) -> Organisation:
    return acting_for(request, queries.KEEPERS, queries.KEEP)


@reading
def gatherings(request: ActorRequest) -> HttpResponse:
    """What is ahead, what is shared, and what was, of the organisation and below."""
    place, now = _keeper(request), clock.now()
    rows = queries.gatherings(request.actor).filter(organisation__path__startswith=place.path)
    shared = queries.materials(request.actor).filter(organisation__path__startswith=place.path)
    ahead = list(rows.filter(starts_at__gt=now).order_by("starts_at", "pk"))
    context = {
        "place": place,
        "ahead": ahead,
        "announced": sum(row.state == GatheringState.ANNOUNCED for row in ahead),
        "past": Paging(rows.filter(starts_at__lte=now).order_by("-starts_at", "-pk"), request),
        "materials": shared.order_by("-shared_at", "-pk"),
    }
    return render(request, "gatherings/gatherings.html", context)


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Call the members together."""
    place, form = _keeper(request), bound(request, GatheringForm)
    lead = gettext("Every member is told, and reminded the day before. Nobody's coming is counted.")
    page = question(form, gettext("Call members together"), gettext("Announce"), lead)

    def act(actor: Actor, **_: object) -> Gathering:
        return commands.publish_gathering(actor, organisation_id=place.pk, facts=form.facts())

    page = page.beside(cancel=reverse(LIST))
    return submit(request, act, to=reverse(LIST), message=gettext("Announced."), page=page)


@asking
def edit(request: ActorRequest, gathering_id: UUID) -> HttpResponse:
    """Another time or place, or what is put right in its words."""
    row = _announced(request, gathering_id)
    form = bound(request, GatheringForm)
    lead = gettext("Members are told of another subject, time or place.")
    page = question(form, gettext("Change the gathering"), gettext("Save"), lead)
    page = page.editing(row, gathering_known).beside(cancel=reverse(LIST))
    page = page.while_open(check_not_begun, row.starts_at, clock.now())

    def act(actor: Actor, **_: object) -> Gathering:
        return commands.edit_gathering(actor, gathering_id=row.pk, facts=form.facts())

    return submit(request, act, to=reverse(LIST), message=gettext("Changed."), page=page)


def _announced(request: ActorRequest, gathering_id: UUID) -> Gathering:
    rows = queries.gatherings(request.actor).filter(state=GatheringState.ANNOUNCED)
    row = rows.filter(pk=gathering_id).first()
    if row is None:
        raise Absent("gathering")
    return row


@asking
def cancel(request: ActorRequest, gathering_id: UUID) -> HttpResponse:
    """Let it not take place."""
    # no end: only an announced one is found
    row = _announced(request, gathering_id)
    label = gettext("Cancel the gathering")
    page = question(bound(request, ReasonForm), label, label, row.title)
    act = partial(commands.cancel_gathering, gathering_id=row.pk)
    message = gettext("Cancelled. Every member was told.")
    return submit(request, act, to=reverse(LIST), message=message, page=page)


@asking
def share(request: ActorRequest) -> HttpResponse:
    """Share something to read."""
    place, form = _keeper(request), bound(request, MaterialForm)
    page = question(form, gettext("Share something to read"), gettext("Share it"), place.name)
    act = partial(commands.share_material, organisation_id=place.pk)
    page = page.beside(cancel=reverse(LIST))
    return submit(request, act, to=reverse(LIST), message=gettext("Shared."), page=page)


@writing
def withdraw(request: ActorRequest, material_id: UUID) -> HttpResponse:
    """Take back what was shared."""
    act = partial(commands.withdraw_material, material_id=material_id)
    return submit(request, act, to=reverse(LIST), message=gettext("Nobody finds it any more."))


@reading
def home(request: ActorRequest) -> HttpResponse:
    """党员之家: what is ahead for the member, what is shared with them, how to turn it off."""
    membership = own_membership(request.actor)
    if membership is None:
        raise Absent("membership")
    context = {
        "membership": membership,
        "gatherings": queries.own_gatherings(request.actor),
        "materials": Paging(queries.own_materials(request.actor), request),
        "now": clock.now(),
    }
    return render(request, "gatherings/own.html", context)

"""Who offers in the community's alliance, what, and at which hours."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.alliance.commands import members as commands
from baodao.alliance.forms import (
    AllianceMemberAnewForm,
    AllianceMemberForm,
    AllianceServiceForm,
    ServiceDayForm,
    member_known,
    service_known,
)
from baodao.alliance.models import AllianceMember, AllianceService
from baodao.alliance.queries.alliance import (
    days_that_differ,
    member_of,
    members_in,
    service_in_charge,
)
from baodao.alliance.queries.appointments import to_confirm
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import read_day
from baodao.needs.queries.residents import resident_page_of
from baodao.orgs.requests import acting_community
from baodao.ui.forms import ConfirmForm, PurposeForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.numbers import number_page
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIST = "alliance:list"


@reading
def members(request: ActorRequest) -> HttpResponse:
    """Who offers and what, in the order in which they joined; what waits to be confirmed."""
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    context = {
        "community": community,
        "members": members_in(request.actor, community),
        "waiting": to_confirm(request.actor, community).count(),
        "page": resident_page_of(community),
    }
    return render(request, "alliance/members.html", context)


def _address(row: AllianceMember) -> str:
    return reverse("alliance:member", args=[row.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Add a shop or a neighbour who offers."""
    community = acting_community(request, Permission.ALLIANCE_EDIT)
    form = bound(request, AllianceMemberForm)
    headline, label = gettext("A new member of the alliance"), gettext("Add")
    page = question(form, headline, label).beside(cancel=reverse(LIST))

    def act(actor: Actor, **_: object) -> AllianceMember:
        return commands.add_member(actor, community_id=community.pk, facts=form.facts())

    message = gettext("Added. Now put up what they offer.")
    return submit(request, act, to=_address, message=message, page=page)


@reading
def member(request: ActorRequest, alliance_member_id: UUID) -> HttpResponse:
    """One who offers: their services with the hours and the days that differ."""
    row = member_of(request.actor, alliance_member_id)
    services = row.services.filter(ended_at=None).order_by("published_at", "pk")
    context = {
        "member": row,
        "services": [(one, days_that_differ(one)) for one in services],
    }
    return render(request, "alliance/member.html", context)


@asking
def edit(request: ActorRequest, alliance_member_id: UUID) -> HttpResponse:
    """Put right who offers and how they are reached."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = member_of(request.actor, alliance_member_id)
    form = bound(request, AllianceMemberAnewForm)
    page = question(form, gettext("Put the entry right"), gettext("Save"))
    page = page.editing(row, member_known)

    def act(actor: Actor, **_: object) -> AllianceMember:
        return commands.edit_member(actor, member_id=row.pk, facts=form.facts())

    return submit(request, act, to=_address(row), message=gettext("Saved."), page=page)


@asking
def end(request: ActorRequest, alliance_member_id: UUID) -> HttpResponse:
    """Who offered does so no more; what is booked is cancelled."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = member_of(request.actor, alliance_member_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("%(name)s leaves the alliance") % {"name": row.name},
        gettext("End it"),
        gettext("What is booked is cancelled; how they were reached is deleted."),
    ).beside(cancel=_address(row))
    act = partial(commands.end_member, member_id=row.pk)
    message = gettext("Ended. Who booked reads it under their code; call whom you can.")
    return submit(request, act, to=reverse(LIST), message=message, page=page)


@asking
@never_cache
def number(request: ActorRequest, alliance_member_id: UUID) -> HttpResponse:
    """Ask what for; the page that answers shows the telephone, once."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = member_of(request.actor, alliance_member_id)
    act = partial(commands.unmask_member, member_id=row.pk)
    return number_page(request, bound(request, PurposeForm), row.name, _address(row), act)


@asking
def publish(request: ActorRequest, alliance_member_id: UUID) -> HttpResponse:
    """Put up what somebody offers; residents book it at once."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = member_of(request.actor, alliance_member_id)
    form = bound(request, AllianceServiceForm)
    headline = gettext("What does %(name)s offer?") % {"name": row.name}
    page = question(form, headline, gettext("Put up")).beside(cancel=_address(row))

    def act(actor: Actor, **_: object) -> AllianceService:
        return commands.publish_service(actor, member_id=row.pk, facts=form.facts())

    message = gettext("Put up. Residents book it on their page.")
    return submit(request, act, to=_address(row), message=message, page=page)


@asking
def edit_service(request: ActorRequest, service_id: UUID) -> HttpResponse:
    """Change what is offered and its hours; what is booked stays."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = service_in_charge(request.actor, service_id)
    form = bound(request, AllianceServiceForm)
    headline = gettext("Change “%(title)s”") % {"title": row.title}
    page = question(form, headline, gettext("Save")).editing(row, service_known)

    def act(actor: Actor, **_: object) -> AllianceService:
        return commands.edit_service(actor, service_id=row.pk, facts=form.facts())

    to, message = _address(row.member), gettext("Saved. What is booked stays as it is.")
    return submit(request, act, to=to, message=message, page=page)


@asking
def set_day(request: ActorRequest, service_id: UUID) -> HttpResponse:
    """A day whose hours differ from those of the week."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = service_in_charge(request.actor, service_id)
    page = question(
        bound(request, ServiceDayForm),
        gettext("A day that differs: “%(title)s”") % {"title": row.title},
        gettext("Save"),
        gettext("What is booked on this day stays until it is cancelled."),
    ).beside(cancel=_address(row.member))
    act = partial(commands.set_day, service_id=row.pk)
    message = gettext("Saved.")
    return submit(request, act, to=_address(row.member), message=message, page=page)


@writing
def give_back_day(request: ActorRequest, service_id: UUID, on: str) -> HttpResponse:
    """The hours of the week hold on a day again."""
    row = service_in_charge(request.actor, service_id)
    act = partial(commands.give_back_day, service_id=row.pk, on=read_day(on))
    message = gettext("The hours of the week hold on this day again.")
    return submit(request, act, to=_address(row.member), message=message)


@asking
def end_service(request: ActorRequest, service_id: UUID) -> HttpResponse:
    """Nothing is booked of it any more; what is booked is cancelled."""
    # no end: who left the alliance, and what is offered no more, is not found
    row = service_in_charge(request.actor, service_id)
    page = question(
        bound(request, ConfirmForm),
        gettext("“%(title)s” is offered no more") % {"title": row.title},
        gettext("End it"),
        gettext("What is booked is cancelled; who booked reads it under their code."),
    ).beside(cancel=_address(row.member))
    act = partial(commands.discontinue_service, service_id=row.pk)
    message = gettext("Ended. Who booked reads it under their code; call whom you can.")
    return submit(request, act, to=_address(row.member), message=message, page=page)

"""Committees of a place, one with its members and meetings, and what an organisation is invited
to."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.committees.commands import committees as commands
from baodao.committees.commands.meetings import end_committee
from baodao.committees.forms import CommitteeForm, SeatForm
from baodao.committees.models import Committee, CommitteeMember
from baodao.committees.queries import committees as queries
from baodao.committees.queries.barriers import check_going_on
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.problems.queries.problems import may_edit, owners_for
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _place(request: ActorRequest) -> Organisation:
    return acting_for(request, PLACES, Permission.PROBLEM_READ)


@reading
def committees(request: ActorRequest) -> HttpResponse:
    """Every committee of the place and below."""
    place = _place(request)
    rows = queries.committees_in(request.actor, place)
    works = may_edit(request.actor, place)
    context = {"place": place, "committees": rows, "works": works}
    return render(request, "committees/committees.html", context)


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Form a committee of the place."""
    place = _place(request)
    if not may_edit(request.actor, place):
        raise Absent("organisation")
    page = question(
        bound(request, CommitteeForm), gettext("A new committee"), gettext("Form it"), place.name
    )
    act = partial(commands.form_committee, place_id=place.pk)
    message = gettext("Formed. Now take its members in.")
    page = page.beside(cancel=reverse("committees:list"))
    return submit(request, act, to=page_of, message=message, page=page)


def page_of(row: Committee) -> str:
    """The address of a committee."""
    return reverse("committees:committee", args=[row.pk])


def _to_run(request: ActorRequest, committee_id: UUID) -> Committee:
    row = queries.committees_to_run(request.actor).filter(pk=committee_id).first()
    if row is None:
        raise Absent("committee")
    return row


@reading
def committee(request: ActorRequest, committee_id: UUID) -> HttpResponse:
    """One committee: who is in it, who was, and its meetings."""
    row = queries.committees_in(request.actor, _place(request)).filter(pk=committee_id).first()
    if row is None:
        raise Absent("committee")
    runs = queries.committees_to_run(request.actor).filter(pk=row.pk, ended_at=None).exists()
    context = {
        "committee": row,
        "runs": runs,
        "members": queries.standing_members(row),
        "former": queries.former_members(row),
        "meetings": row.meetings.order_by("-starts_at", "pk"),
        "now": clock.now(),
    }
    return render(request, "committees/committee.html", context)


@asking
def add_member(request: ActorRequest, committee_id: UUID) -> HttpResponse:
    """Take an organisation or a person in, for a term."""
    row = _to_run(request, committee_id)
    # no edit: a proposal; the member is not there yet
    form = bound(
        request,
        SeatForm,
        find=Choices(owners_for(row.place)),
        initial={"since": clock.today(), "until": clock.today() + timedelta(days=3 * 365)},
    )
    page = question(form, gettext("A member of the committee"), gettext("Take in"), row.name)

    def act(actor: Actor, **_: object) -> CommitteeMember:
        return commands.add_member(actor, committee_id=row.pk, facts=form.facts())

    page = page.while_open(check_going_on, row)
    return submit(request, act, to=page_of(row), message=gettext("Taken in."), page=page)


@asking
def end(request: ActorRequest, committee_id: UUID) -> HttpResponse:
    """It meets no more; what is still to come is cancelled."""
    row = _to_run(request, committee_id)
    lead = gettext("Meetings still to come are cancelled; what was decided and the minutes stay.")
    label = gettext("End the committee")
    page = question(bound(request, ReasonForm), label, label, lead).beside(cancel=page_of(row))
    act = partial(end_committee, committee_id=row.pk)
    message = gettext("Ended. Its meetings and minutes stay.")
    page = page.while_open(check_going_on, row)
    return submit(request, act, to=page_of, message=message, page=page)


@writing
def end_member(request: ActorRequest, committee_member_id: UUID) -> HttpResponse:
    """Let somebody be in it no longer."""
    rows = CommitteeMember.objects.filter(committee__in=queries.committees_to_run(request.actor))
    row = rows.filter(pk=committee_member_id).select_related("committee").first()
    if row is None:
        raise Absent("member")
    act = partial(commands.end_member, member_id=row.pk)
    message = gettext("No longer in the committee. What they took part in stays.")
    return submit(request, act, to=page_of(row.committee), message=message)


@reading
def ours(request: ActorRequest) -> HttpResponse:
    """The meetings to which the organisation is or was invited."""
    kinds = (Kind.UNIT, *PLACES)
    place = acting_for(request, kinds, Permission.PROBLEM_READ)
    rows = queries.meetings_of(request.actor, place)
    context = {"place": place, "meetings": rows, "now": clock.now()}
    return render(request, "committees/ours.html", context)

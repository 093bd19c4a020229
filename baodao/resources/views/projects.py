"""需求清单, 项目清单: needs for which units are wanted, projects with what was done in them."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, barrier
from baodao.needs.queries.needs import need_of
from baodao.needs.rules.life import NEED, NeedState
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.tree import Kind
from baodao.resources.commands import projects as commands
from baodao.resources.forms import EXCERPT, ActivityForm, ProjectForm, UnitsForm
from baodao.resources.models import Project, ProjectOffer
from baodao.resources.queries.barriers import check_claimable, with_own_claims
from baodao.resources.queries.claims import activities_of, activities_to_add, done_in
from baodao.resources.queries.fits import resources_for
from baodao.resources.queries.lists import (
    RECEIVE,
    call_of,
    needs_in,
    needs_off_list,
    project_in,
    projects_in,
    projects_to_keep,
    resources_in,
    units_of,
)
from baodao.resources.rules.lives import PROJECT, ProjectState
from baodao.resources.rules.papers import NEED_LIST, PROJECT_LIST
from baodao.resources.tables import needs_of, projects_of
from baodao.resources.templatetags.resource_words import fit_reason
from baodao.resources.views.resources import paper_of, place_of, sides
from baodao.ui.forms import ConfirmForm, ReasonForm
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import worded

NEEDS = "resources:needs"
OFFERED = 20
"""Needs that could be put on the list, the longest first."""


@reading
def needs(request: ActorRequest) -> HttpResponse:
    """The list of needs: a community with what it could put there, a unit with what it may take."""
    place = place_of(request)
    rows = needs_in(request.actor, place)
    own = place.kind == Kind.COMMUNITY
    context = sides(request, place)
    if context["as_unit"]:
        rows = with_own_claims(rows, place)
    context["off_list"] = needs_off_list(place)[:OFFERED] if own else ()
    return Listing(rows, request, needs_of()).response("resources/needs.html", context)


@reading
def needs_paper(request: ActorRequest, ending: str) -> HttpResponse:
    """需求清单 as it stands."""
    rows = list(needs_in(request.actor, place_of(request)))
    return paper_of(request, NEED_LIST, rows, ending)


@asking
def publish_need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Put a need on the list, or say anew how many units it wants; what would fit stands beside."""
    community = acting_community(request, RECEIVE)
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    fits, standing = resources_for(need, resources_in(request.actor, community)), call_of(need)
    # no edit: one number, which is said anew as a whole
    form = bound(request, UnitsForm, initial={"units": standing.units if standing else 1})
    page = question(
        form,
        gettext("Which units can help?"),
        gettext("Put on the list of needs"),
        Truncator(need.text).chars(EXCERPT),
        [(fit.row.title, fit_reason(fit)) for fit in fits],
    )
    act, to = partial(commands.publish_need, need_id=need.pk), reverse(NEEDS)
    page = page.while_open(NEED.check, need.state, NeedState.SCREENED, NeedState.OPEN)
    return submit(request, act, to=to, message=_listed(), page=page)


def _listed() -> str:
    return gettext("It stands on the list; partner units have been told.")


@writing
def withdraw_need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Take a need off the list."""
    act = partial(commands.withdraw_need, need_id=need_id)
    message = gettext("Taken off the list.")
    return submit(request, act, to=reverse(NEEDS), message=message)


@reading
def projects(request: ActorRequest) -> HttpResponse:
    """The projects of the year."""
    place = place_of(request)
    listing = Listing(projects_in(request.actor, place), request, projects_of())
    return listing.response("resources/projects.html", sides(request, place))


@reading
def projects_paper(request: ActorRequest, ending: str) -> HttpResponse:
    """项目清单 of this year."""
    rows = projects_in(request.actor, place_of(request)).filter(year=clock.today().year)
    return paper_of(request, PROJECT_LIST, list(rows.order_by("proposed_at", "pk")), ending)


@reading
def project(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """One project: who takes part, its activities, and what was served in them."""
    place = place_of(request)
    row = project_in(request.actor, place, project_id)
    keeps = projects_to_keep(request.actor).filter(pk=row.pk).exists()
    context = sides(request, place)
    context |= {
        "project": row,
        "units": units_of(row),
        "activities": activities_of(row),
        "totals": done_in(row),
        "keeps": keeps,
        "going": row.state == ProjectState.GOING,
        "addable": keeps and activities_to_add(row).exists(),
        **_claiming(context, row, place),
    }
    return render(request, "resources/project.html", context)


def _claiming(sides: dict[str, object], row: Project, place: Organisation) -> dict[str, object]:
    """Whether who reads may claim a project for their side while it lasts, and what bars it."""
    unit = place if row.unit is None else row.unit
    side = sides["as_unit"] if row.unit is None else sides["as_community"]
    refused = barrier(check_claimable, row, unit)
    claims = bool(side) and row.ended_at is None
    return {"claims": claims, "barrier": worded(refused) if refused else ""}


def _address(row: Project) -> str:
    return reverse("resources:project", args=[row.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Propose a project for the year."""
    place = acting_for(request, (Kind.UNIT, Kind.COMMUNITY), Permission.UNIT_REGISTRATION_READ)
    form = bound(request, ProjectForm)
    page = question(
        form,
        gettext("Propose a project"),
        gettext("Propose"),
        gettext("The other side reads it and claims it."),
    ).beside(cancel=reverse("resources:projects"))

    def act(actor: Actor, *, year: int, **_: object) -> Project:
        return commands.propose_project(
            actor, organisation_id=place.pk, year=year, facts=form.facts()
        )

    return submit(request, act, to=_address, message=gettext("Proposed."), page=page)


def _kept(request: ActorRequest, project_id: UUID) -> Project:
    row = projects_to_keep(request.actor).filter(pk=project_id).first()
    if row is None:
        raise Absent("project")
    return row


@asking
def add(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """Let an activity of the community count for the project."""
    row = _kept(request, project_id)
    form = bound(request, ActivityForm, offers=activities_to_add(row))
    page = question(
        form,
        row.title,
        gettext("Count it for the project"),
        gettext("Activities of the community and of the units that take part."),
    ).beside(cancel=_address(row))

    def act(actor: Actor, *, offer: UUID) -> ProjectOffer:
        return commands.add_activity(actor, project_id=row.pk, offer_id=offer)

    page = page.while_open(PROJECT.check, row.state, ProjectState.GOING)
    return submit(request, act, to=_address(row), message=gettext("It counts now."), page=page)


@choosing
def close(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """Ask once, then the project is done."""
    row = _kept(request, project_id)
    facts = [(gettext("Activities"), activities_of(row).count())]
    page = question(
        bound(request, ConfirmForm),
        gettext("Is “%(title)s” done?") % {"title": row.title},
        gettext("It is done"),
        gettext("Nothing more is counted for it then; what was served stays counted."),
        facts,
    ).beside(cancel=_address(row))
    act = partial(commands.close_project, project_id=row.pk)
    message = gettext("The project is done.")
    page = page.while_open(PROJECT.move, row.state, ProjectState.DONE)
    return submit(request, act, to=_address, message=message, page=page)


@asking
def withdraw(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """Give the project up."""
    row = _kept(request, project_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Give up “%(title)s”") % {"title": row.title},
        gettext("Give up"),
        gettext("Whoever takes part is told why; what was done stays counted."),
    ).beside(cancel=_address(row))
    act = partial(commands.withdraw_project, project_id=row.pk)
    page = page.while_open(PROJECT.move, row.state, ProjectState.WITHDRAWN)
    return submit(request, act, to=_address, message=gettext("Given up."), page=page)

"""The help groups of a community: the list, one group, who joins and leaves; counts above."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.accounts.queries import is_on
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.documents.views import paper_page
from baodao.helpgroups.commands import groups as commands
from baodao.helpgroups.documents import help_records, help_records_item
from baodao.helpgroups.forms import FoundForm, GroupTeamForm, JoinForm
from baodao.helpgroups.models import GroupAide, HelpGroup
from baodao.helpgroups.queries import groups as queries
from baodao.helpgroups.queries.dues import visits_due
from baodao.helpgroups.queries.helps import grids_without, group_counts, helps_of
from baodao.helpgroups.rules.groups import STORIES, check_aide_stays, check_group_open
from baodao.helpgroups.rules.papers import HELP_RECORDS
from baodao.helpgroups.tables import due_spec, groups_spec
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.residents.queries.counts import last_quarter
from baodao.residents.queries.files import check_shown, grids_in
from baodao.residents.rules.households import BASE
from baodao.teams.queries.teams import teams_in
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.timelines import timeline_items
from baodao.visits.queries.cadres import CadreChoices, cadres_for

GROUPS = "helpgroups:list"


def group_address(group: HelpGroup) -> str:
    """The page of a group."""
    return reverse("helpgroups:group", args=[group.pk])


def _of_aide(aide: GroupAide) -> str:
    return group_address(aide.group)


@reading
def all_groups(request: ActorRequest) -> HttpResponse:
    """帮扶小组: the groups of the community, and the grids in which none is. Where files of
    households are switched off there is none, and their page says so."""
    community = acting_community(request, Permission.HOUSEHOLD_READ)
    if not is_on(HOUSEHOLD_FILES, community):
        return redirect("residents:list")
    listing = Listing(queries.groups_in(request.actor, community), request, groups_spec())
    grids = list(grids_without(request.actor, community))
    around = {"community": community, "grids": grids}
    return listing.response("helpgroups/groups.html", around)


@reading
def due(request: ActorRequest) -> HttpResponse:
    """走访到期: the households of the community to which a visit is due, whoever visits them."""
    community = acting_community(request, Permission.HOUSEHOLD_READ)
    check_shown(community)
    rows = visits_due(request.actor, community, clock.today())
    listing = Listing(rows, request, due_spec())
    return listing.response("helpgroups/due_list.html", {"community": community})


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Found a group, of a grid or of the whole community."""
    community = acting_community(request, Permission.HOUSEHOLD_EDIT)
    check_shown(community)
    grids = list(grids_in(request.actor, community))
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, FoundForm, grids=grids, initial={"grid": request.GET.get("grid", "")})

    def act(actor: Actor, *, name: str, **_: object) -> HelpGroup:
        return commands.found_group(
            actor, community_id=community.pk, name=name, grid_id=form.grid_id
        )

    page = question(form, gettext("A new help group"), gettext("Found the group"))
    page, message = page.beside(cancel=reverse(GROUPS)), gettext("Founded. Name who is in it.")
    return submit(request, act, to=group_address, message=message, page=page)


@reading
def group(request: ActorRequest, help_group_id: UUID) -> HttpResponse:
    """One group: its households with what is due, who is in it, what it did."""
    row = _group(request, help_group_id, Permission.HOUSEHOLD_READ)
    aides = queries.aides_now().filter(group=row).order_by("joined_at", "pk")
    context = {
        "group": row,
        "stands": queries.stands_of(row),
        "past_stands": queries.past_stands(row)[:20],
        "aides": aides,
        "past_aides": queries.past_aides(row)[:20],
        "helps": helps_of(row)[:50],
        "edits": row.ended_at is None,
        "items": timeline_items(journal.timeline(row.pk), STORIES),
    }
    return render(request, "helpgroups/group.html", context)


def _group(request: ActorRequest, group_id: UUID, permission: Permission) -> Any:
    """A group with which the actor may do so, where files are switched on; raises `Absent`."""
    row = queries.group_in(request.actor, group_id, permission)
    check_shown(standing_of(row.community))
    return row


def _to_edit(request: ActorRequest, group_id: UUID) -> Any:
    return _group(request, group_id, Permission.HOUSEHOLD_EDIT)


def _of_group(page: FormPage, row: HelpGroup) -> FormPage:
    """The page of what is done with a group, as long as it goes on."""
    return page.beside(cancel=group_address(row)).while_open(check_group_open, row.ended_at)


@reading
def paper(request: ActorRequest, help_group_id: UUID, ending: str) -> HttpResponse:
    """帮扶记录, to look at and as a file."""
    row = _group(request, help_group_id, Permission.HOUSEHOLD_READ)
    rows = list(helps_of(row))
    check_printable(len(rows))
    if ending != "html":
        return paper_download(request, help_records(row, rows, HELP_RECORDS.file_in(ending)))
    return paper_page(request, HELP_RECORDS, [help_records_item(row, rows)])


@asking
def join(request: ActorRequest, help_group_id: UUID) -> HttpResponse:
    """Somebody joins: a member, or by name somebody who is none."""
    row = _to_edit(request, help_group_id)
    cadres = CadreChoices(cadres_for(request.actor, standing_of(row.community)))
    form = bound(request, JoinForm, cadres=cadres)

    def act(actor: Actor, **_: object) -> GroupAide:
        return commands.join_group(actor, group_id=row.pk, aide=form.aide())

    lead = gettext("A member is told, and may read whom the group helps as long as they are in it.")
    page = question(form, gettext("Somebody joins “%(g)s”") % {"g": row.name}, gettext("Add"), lead)
    message, to = gettext("Joined."), group_address(row)
    return submit(request, act, to=to, message=message, page=_of_group(page, row))


@asking
def team(request: ActorRequest, help_group_id: UUID) -> HttpResponse:
    """Everybody of a service team joins."""
    row = _to_edit(request, help_group_id)
    form = bound(request, GroupTeamForm, teams=list(teams_in(row.community)))

    def act(actor: Actor, *, team: str) -> HelpGroup:
        return commands.join_team(actor, group_id=row.pk, team_id=int(team))

    lead = gettext("Each stays in the group as long as they are in the team.")
    headline = gettext("A service team joins “%(g)s”") % {"g": row.name}
    page = _of_group(question(form, headline, gettext("Add"), lead), row)
    return submit(request, act, to=group_address, message=gettext("Joined."), page=page)


@asking
def dissolve(request: ActorRequest, help_group_id: UUID) -> HttpResponse:
    """Dissolve a group for good, with its reason."""
    row = _to_edit(request, help_group_id)
    lead = gettext("Who is in it is thanked; its households wait for another group.")
    headline = gettext("Dissolve “%(g)s”") % {"g": row.name}
    form = bound(request, ReasonForm)
    page = _of_group(question(form, headline, gettext("Dissolve the group"), lead), row)
    act = partial(commands.dissolve_group, group_id=row.pk)
    return submit(request, act, to=group_address, message=gettext("Dissolved."), page=page)


@asking
def remove(request: ActorRequest, group_aide_id: UUID) -> HttpResponse:
    """Let somebody go from a group, with the reason."""
    row = queries.aide_to_steer(request.actor, group_aide_id)
    check_shown(standing_of(row.group.community))
    lead = gettext("They are thanked, and read nothing of its households from now on.")
    name = row.person.name if row.person else row.name
    headline = gettext("%(name)s leaves the group") % {"name": name}
    page = question(bound(request, ReasonForm), headline, gettext("Let them go"), lead)
    page = page.beside(cancel=_of_aide(row)).while_open(check_aide_stays, row.ended_at)
    act = partial(commands.remove_aide, aide_id=row.pk)
    return submit(request, act, to=_of_aide(row), message=gettext("Let go."), page=page)


@reading
def counts(request: ActorRequest) -> HttpResponse:
    """帮扶小组数: of each place below, its groups, grids with one, and at least so many households
    and helps of the last quarter."""
    place = acting_for(request, tuple(AUTHORITIES), Permission.FIGURE_READ)
    period = last_quarter()
    rows = group_counts(request.actor, place, period)
    context = {"place": place, "rows": rows, "on": period.last, "base": BASE}
    return render(request, "helpgroups/counts.html", context)

"""By which households groups stand: taken on from a file, handed over, ended."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.helpgroups.commands import households as commands
from baodao.helpgroups.forms import PassForm, StandEndForm, TakeOnForm
from baodao.helpgroups.models import GroupHousehold
from baodao.helpgroups.queries.groups import open_groups, stand_to_steer
from baodao.helpgroups.rules.groups import check_stands
from baodao.helpgroups.views.groups import group_address
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.queries.tree import standing_of
from baodao.residents.queries.files import check_shown, file_to_write
from baodao.residents.rules.households import check_living
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _page(stand: GroupHousehold) -> str:
    return group_address(stand.group)


@asking
def take_on(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """A group stands by the household of a file from now on."""
    file = file_to_write(request.actor, household_file_id, Permission.HOUSEHOLD_EDIT)
    groups = list(open_groups(request.actor, standing_of(file.community)))
    mine = next((one.pk for one in groups if file.grid_id and one.grid_id == file.grid_id), "")
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, TakeOnForm, groups=groups, initial={"group": str(mine)})

    def act(actor: Actor, *, group: str, title: str) -> GroupHousehold:
        return commands.assign_household(actor, group_id=UUID(group), file_id=file.pk, title=title)

    lead = gettext("Who is in the group reads name, telephone, address and open measures, no more.")
    page = question(form, gettext("A help group for this household"), gettext("Save"), lead)
    page = page.beside(cancel=reverse("residents:file", args=[file.pk]))
    page, message = page.while_open(check_living, file.ended_at), gettext("Saved.")
    return submit(request, act, to=_page, message=message, page=page)


def _to_steer(request: ActorRequest, stand_id: UUID) -> GroupHousehold:
    stand = stand_to_steer(request.actor, stand_id)
    check_shown(standing_of(stand.group.community))
    return stand


@asking
def hand_over(request: ActorRequest, group_household_id: UUID) -> HttpResponse:
    """转交: another group stands by the household from now on."""
    row = _to_steer(request, group_household_id)
    groups = open_groups(request.actor, standing_of(row.community)).exclude(pk=row.group_id)
    form = bound(request, PassForm, groups=list(groups))
    lead = gettext("The group of before reads nothing of the household from now on.")
    headline = gettext("Hand “%(title)s” over to another group") % {"title": row.title}

    def act(actor: Actor, *, group: str, reason: str) -> GroupHousehold:
        return commands.reassign_household(
            actor, stand_id=row.pk, group_id=UUID(group), reason=reason
        )

    page = question(form, headline, gettext("Hand over"), lead).beside(cancel=_page(row))
    page, message = page.while_open(check_stands, row.ended_at), gettext("Handed over.")
    return submit(request, act, to=_page, message=message, page=page)


@asking
def end(request: ActorRequest, group_household_id: UUID) -> HttpResponse:
    """The group stands by the household no longer."""
    row = _to_steer(request, group_household_id)
    lead = gettext("What the group did stays on record; it reads nothing of it any more.")
    headline = gettext("The group stands by “%(title)s” no longer") % {"title": row.title}
    page = question(bound(request, StandEndForm), headline, gettext("End it"), lead)
    page = page.beside(cancel=_page(row)).while_open(check_stands, row.ended_at)
    act = partial(commands.end_stand, stand_id=row.pk)
    return submit(request, act, to=_page(row), message=gettext("Ended."), page=page)

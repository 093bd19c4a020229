"""菜单 of a team: what it serves residents, kept by its leader on the phone."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.needs.commands.menu import edit_item, end_item, publish_item
from baodao.needs.forms.menu import MenuForm, item_known
from baodao.needs.models import MenuItem
from baodao.needs.queries.menu import item_of, led_teams, menu_by
from baodao.orgs.models import Organisation
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

MENU = "needs:team_menu"


def _team(request: ActorRequest) -> Organisation:
    """The team that the reader leads. Raises `Absent`."""
    team = led_teams(request.actor).first()
    if team is None:
        raise Absent("team")
    return team


def _item(request: ActorRequest, item_id: UUID) -> MenuItem:
    """What the team of the reader serves. Raises `Absent`."""
    team, item = _team(request), item_of(request.actor, item_id)
    if item.provider_id != team.pk:
        raise Absent("menu item")
    return item


@reading
@member_only
def show(request: ActorRequest) -> HttpResponse:
    """What our team serves, with how much of it was ordered this week."""
    team = _team(request)
    return render(request, "needs/team_menu.html", {"team": team, "items": menu_by(team)})


@asking
@member_only
def new(request: ActorRequest) -> HttpResponse:
    """Put something on the menu of the community; residents see it at once."""
    team = _team(request)
    form = bound(request, MenuForm, categories=categories_of(team))
    label, lead = gettext("Put on the menu"), gettext("Residents see it with the name of the team.")
    page = phone_question(form, label, label, lead).beside(cancel=reverse(MENU))

    def act(actor: Actor, **_: object) -> MenuItem:
        return publish_item(actor, provider_id=team.pk, facts=form.facts())

    message = gettext("It stands on the menu.")
    return submit(request, act, to=reverse(MENU), message=message, page=page)


@asking
@member_only
def edit(request: ActorRequest, led_item_id: UUID) -> HttpResponse:
    """Change what our team serves."""
    # no end: what is off the menu is not found
    item = _item(request, led_item_id)
    form = bound(request, MenuForm, categories=categories_of(item.community, item.category))
    headline = gettext("Change “%(title)s”") % {"title": item.title}
    page = phone_question(form, headline, gettext("Save")).editing(item, item_known)

    def act(actor: Actor, **_: object) -> MenuItem:
        return edit_item(actor, item_id=item.pk, facts=form.facts())

    page = page.beside(cancel=reverse(MENU))
    return submit(request, act, to=reverse(MENU), message=gettext("Saved."), page=page)


@writing
@member_only
def end(request: ActorRequest, led_item_id: UUID) -> HttpResponse:
    """Take it off the menu."""
    act = partial(end_item, item_id=_item(request, led_item_id).pk)
    message = gettext("Taken off the menu. Who ordered it before is served all the same.")
    return submit(request, act, to=reverse(MENU), message=message)

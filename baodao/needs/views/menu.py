"""菜单: what a community, or a partner unit of it, serves residents when they order it."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.needs.commands.menu import edit_item, end_item, publish_item
from baodao.needs.commands.requests import collect
from baodao.needs.documents import menu_poster_of
from baodao.needs.forms.menu import CollectOrderForm, MenuForm, item_known
from baodao.needs.models import MenuItem, Need
from baodao.needs.queries.menu import (
    PUBLISHING,
    item_of,
    item_on_menu,
    menu_by,
    menu_of,
    open_orders_of,
)
from baodao.needs.queries.residents import resident_page_of
from baodao.needs.views.needs import address_of
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _provider(request: ActorRequest) -> Organisation:
    """The community, or the unit, for which the request acts. Raises `Absent`."""
    kind = Kind.UNIT if request.acting and request.acting.kind == Kind.UNIT else Kind.COMMUNITY
    return acting_for(request, [kind], PUBLISHING[kind])


@reading
def menu(request: ActorRequest) -> HttpResponse:
    """Everything that residents order here, with how much of it this week."""
    provider = _provider(request)
    ours = provider.kind == Kind.COMMUNITY
    context = {
        "provider": provider,
        "ours": ours,
        "community": provider if ours else partner_community(provider),
        "items": menu_of(provider) if ours else menu_by(provider),
        "orders": [] if ours else open_orders_of(provider),
        "page": resident_page_of(provider) if ours else None,
    }
    return render(request, "needs/menu.html", context)


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Put something on the menu; residents see it at once."""
    provider = _provider(request)
    place = provider if provider.kind == Kind.COMMUNITY else partner_community(provider)
    form = bound(request, MenuForm, categories=categories_of(place or provider))
    page = question(
        form,
        gettext("Put on the menu"),
        gettext("Put on the menu"),
        gettext("Residents order it by their own phone, at the window or by telephone."),
    ).beside(cancel=reverse("needs:menu"))

    def act(actor: Actor, **_: object) -> MenuItem:
        return publish_item(actor, provider_id=provider.pk, facts=form.facts())

    message = gettext("It stands on the menu.")
    return submit(request, act, to=reverse("needs:menu"), message=message, page=page)


@asking
def edit(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Change what stands on the menu."""
    # no end: what is off the menu is not found
    item = item_of(request.actor, item_id)
    form = bound(request, MenuForm, categories=categories_of(item.community, item.category))
    headline = gettext("Change “%(title)s”") % {"title": item.title}
    page = question(form, headline, gettext("Save")).editing(item, item_known)

    def act(actor: Actor, **_: object) -> MenuItem:
        return edit_item(actor, item_id=item.pk, facts=form.facts())

    return submit(request, act, to=reverse("needs:menu"), message=gettext("Saved."), page=page)


@writing
def end(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Take it off the menu."""
    act = partial(end_item, item_id=item_of(request.actor, item_id).pk)
    message = gettext("Taken off the menu. Who ordered it before is served all the same.")
    return submit(request, act, to=reverse("needs:menu"), message=message)


@asking
def order(request: ActorRequest, item_id: UUID) -> HttpResponse:
    """Take an order down at the window, by telephone or in the grid."""
    # no end: what is off the menu is not found
    community = acting_community(request, Permission.NEED_COLLECT)
    item = item_on_menu(community, item_id)
    form = bound(request, CollectOrderForm, categories={}, community=community, item=item)
    headline = gettext("Order “%(title)s”") % {"title": item.title}
    page = question(form, headline, gettext("Save"), item.schedule)
    page = page.beside(cancel=reverse("needs:menu"))

    def act(actor: Actor, **_: object) -> Need:
        return collect(actor, community_id=community.pk, facts=form.facts())

    return submit(request, act, to=address_of, page=page)


@reading
def poster(request: ActorRequest) -> HttpResponse:
    """The menu for the notice board, with the code that leads to the residents' page."""
    community = acting_community(request, Permission.NEED_SCREEN)
    page = resident_page_of(community)
    if page is None:
        raise Absent("page")
    address = f"{settings.PUBLIC_URL}{reverse('needs:ask', args=[page.token])}"
    return paper_download(request, menu_poster_of(community, menu_of(community), address))

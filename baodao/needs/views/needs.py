"""The needs board, one need with its story, needs taken down at the desk and asked by units."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.categories import categories_of, category_words
from baodao.needs.commands.requests import collect, request_help_as_unit
from baodao.needs.documents import card_of
from baodao.needs.forms.needs import CollectForm, UnitAskForm
from baodao.needs.models import Need
from baodao.needs.queries import needs as queries
from baodao.needs.queries.answers import answers, visit_of_need
from baodao.needs.tables import FIRST_TAB, asker_phone, needs_of, tabs_of, unit_needs_spec
from baodao.needs.views.places import unit_for, watched_place, works_for
from baodao.orgs.requests import acting_community
from baodao.partnership.queries import partner_community
from baodao.ui.follow_ups import follow_ups_of
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The needs of a place by what became of them; with buttons for who looks after them."""
    place = watched_place(request)
    tab = request.GET.get("state", "") or FIRST_TAB
    rows = queries.needs(request.actor).filter(community__path__startswith=place.path)
    categories = category_words(place)
    listing = Listing(answers().beside(rows), request, needs_of(place, categories))
    works = works_for(request, place)
    counts = queries.need_counts(request.actor, place).answer()
    alike = queries.similar_to(listing.rows) if works else {}
    context = {"place": place, "categories": categories, "works": works, "counts": counts}
    context |= {"tab": tab, "tabs": tabs_of(counts, tab), "alike": alike}
    return listing.response("needs/needs.html", context | {"buttons": answers().buttons})


@reading
def need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """One need: what was asked, what is done about it, its story, and what can be done now."""
    row = queries.need_of(request.actor, Permission.NEED_READ, need_id)
    works = works_for(request, row.community)
    context = {
        "need": row,
        "works": works,
        "categories": category_words(row.community),
        "items": queries.need_timeline(request.actor, row),
        "merged": row.merged.order_by("collected_at"),
        "follow_up": follow_ups_of(request.actor, "need", [row.pk]).get(row.pk),
    }
    return render(request, "needs/need.html", context | (_close_to(row) if works else {}))


def _close_to(row: Need) -> dict[str, object]:
    """What only those see who look after the need."""
    alike = queries.similar_to([row]).get(row.pk, [])
    visit_id = visit_of_need(row.pk)
    around: dict[str, object] = {"alike": alike, "buttons": answers().buttons, "visit_id": visit_id}
    return around | {"phone": asker_phone(row)}


@reading
def card(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """A card with the code, for who asked without a telephone of their own at hand."""
    row = queries.need_of(request.actor, Permission.NEED_SCREEN, need_id)
    address = f"{settings.PUBLIC_URL}{reverse('needs:asked', args=[row.code])}"
    return paper_download(request, card_of(row, address))


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Take a need down at the window, on the telephone, after a visit."""
    community = acting_community(request, Permission.NEED_COLLECT)
    form = bound(request, CollectForm, categories=categories_of(community), community=community)
    page = question(
        form,
        gettext("Take a need down"),
        gettext("Save"),
        gettext("At the window, by telephone or on a visit. Text and category are needed."),
    ).beside(cancel=reverse("needs:board"))

    def act(actor: Actor, **_: object) -> Need:
        return collect(actor, community_id=community.pk, facts=form.facts())

    return submit(request, act, to=address_of, page=page)


def address_of(row: Need) -> str:
    """The page of a need."""
    return reverse("needs:need", args=[row.pk])


@reading
def unit_needs(request: ActorRequest) -> HttpResponse:
    """What the unit can help its partner community with, and what it asked itself."""
    unit = unit_for(request, Permission.NEED_READ)
    community = partner_community(unit)
    spec = unit_needs_spec(category_words(community or unit))
    listing = Listing(queries.partner_needs(request.actor, unit), request, spec)
    context = {
        "unit": unit,
        "community": community,
        "own": queries.own_needs_of(request.actor, unit),
        "may_ask": community and request.actor.may(Permission.NEED_COLLECT, unit.path),
    }
    return listing.response("needs/unit_needs.html", context)


@asking
def unit_ask(request: ActorRequest) -> HttpResponse:
    """Ask the partner community for something."""
    unit = unit_for(request, Permission.NEED_COLLECT)
    community = partner_community(unit)
    form = bound(request, UnitAskForm, categories=categories_of(community or unit))
    page = question(
        form,
        gettext("Ask the partner community"),
        gettext("Put it to the community"),
        community.name if community else "",
    )

    def act(actor: Actor, **_: object) -> None:
        request_help_as_unit(actor, unit_id=unit.pk, facts=form.facts())

    to, message = reverse("needs:unit_needs"), gettext("Sent to the community.")
    return submit(request, act, to=to, message=message, page=page)

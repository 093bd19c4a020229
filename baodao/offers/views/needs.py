"""The needs board, one need with its story, needs taken down at the desk and asked by units."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries import categories_of, category_words
from baodao.offers.commands.asking import ask_as_unit, collect
from baodao.offers.forms.needs import CollectForm, UnitAskForm
from baodao.offers.models import Need
from baodao.offers.queries import needs as queries
from baodao.offers.tables.needs import (
    TABS,
    masked_phone,
    needs_of,
    tabs_of,
    unit_needs_spec,
)
from baodao.offers.views.asking import taken
from baodao.offers.views.places import community_for, unit_for, watched_place, works_for
from baodao.partnership.queries import partner_community
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.questions import Question, fresh
from baodao.ui.requests import ActorRequest


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The needs of a place by what became of them; with buttons for who looks after them."""
    place = watched_place(request)
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in TABS else "waiting"
    rows = queries.needs(request.actor).filter(
        community__path__startswith=place.path, state__in=TABS[chosen][1]
    )
    categories = category_words(place)
    listing = Listing(rows, request, needs_of(place, categories))
    works = works_for(request, place)
    counts = queries.need_counts(request.actor, place)
    alike = queries.similar_to(listing.rows) if works else {}
    context = {"place": place, "categories": categories, "works": works, "counts": counts}
    context |= {"tabs": tabs_of(counts, chosen), "alike": alike, "chosen": chosen}
    return listing.response("offers/needs.html", context)


@reading
def need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """One need: what was asked, what is done about it, its story, and what can be done now."""
    held = queries.need_of(request.actor, Permission.NEED_READ, need_id)
    works = works_for(request, held.community)
    context = {
        "need": held,
        "works": works,
        "categories": category_words(held.community),
        "items": queries.need_timeline(request.actor, held),
        "merged": held.merged.order_by("collected_at"),
    }
    return render(request, "offers/need.html", context | (_close_to(held) if works else {}))


def _close_to(held: Need) -> dict[str, object]:
    """What only those see who look after the need."""
    alike = queries.similar_to([held]).get(held.pk, [])
    return {"phone": masked_phone(held), "alike": alike}


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Take a need down at the window, on the telephone, after a visit."""
    community = community_for(request, Permission.NEED_COLLECT)
    form = fresh(request, CollectForm, categories=categories_of(community))

    def act(actor: Actor) -> str:
        made = collect(actor, community_id=community.pk, asked=form.asked())
        return reverse("offers:need", args=[made.pk])

    question = Question(
        gettext("Take a need down"),
        gettext("Save"),
        reverse("offers:needs"),
        gettext("At the window, by telephone or on a visit. Only the text is needed."),
    )
    return taken(request, form, act, question)


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
    return listing.response("offers/needs_unit.html", context)


@asking
def unit_ask(request: ActorRequest) -> HttpResponse:
    """Ask the partner community for something."""
    unit = unit_for(request, Permission.NEED_COLLECT)
    community = partner_community(unit)
    form = fresh(request, UnitAskForm, categories=categories_of(community or unit))

    def act(actor: Actor) -> None:
        ask_as_unit(actor, unit_id=unit.pk, asked=form.asked())

    question = Question(
        gettext("Ask the partner community"),
        gettext("Put it to the community"),
        reverse("offers:unit_needs"),
        community.name if community else "",
    )
    return taken(request, form, act, question, said=gettext("Sent to the community."))

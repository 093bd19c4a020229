"""Offers, as they are found from the header by who keeps or reads them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.offers.queries.offers import counted, offers, offers_found
from baodao.offers.queries.words import kind_word, state_word, when
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _offers(request: ActorRequest, words: str) -> QuerySet[Any] | None:
    """Offers of the place acted for, the latest first."""
    place = request.acting
    if place is None or not request.actor.may(Permission.OFFER_READ, place.path):
        return None
    rows = counted(offers(request.actor)).filter(community__path__startswith=place.path)
    return offers_found(rows, words).order_by("-created_at")


def _offer_hit(request: ActorRequest, row: Any) -> Hit:
    acts = []
    if row.ended_at is None and request.actor.may(Permission.OFFER_EDIT, row.community.path):
        acts.append((gettext("Edit"), reverse("offers:edit", args=[row.pk])))
    about = " · ".join((kind_word(row.kind), when(row), state_word(row)))
    return Hit(row.title, about, reverse("offers:offer", args=[row.pk]), tuple(acts))


OFFERS = SearchSource(gettext_noop("Posts and activities"), _offers, _offer_hit, "offers:list")

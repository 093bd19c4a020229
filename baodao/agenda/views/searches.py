"""Services as a member or a unit finds them from the header: what they have taken on, and what they
may claim."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import claimable, own_community, without_own
from baodao.agenda.queries.parties import offers_to_party
from baodao.kernel.errors import gettext_noop
from baodao.offers.models import Offer
from baodao.offers.queries.offers import counted, offer_rows, offers_found
from baodao.offers.queries.words import kind_word, when
from baodao.orgs.rules.tree import Kind
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _services(request: ActorRequest, words: str) -> QuerySet[Offer] | None:
    """What the member, acting for nobody else, may claim now."""
    if request.acting is not None or request.actor.person_id is None:
        return None
    rows = counted(without_own(claimable(own_community(request.actor)), request.actor))
    return offers_found(rows, words).order_by("starts_at", "title")


def _service_hit(_request: ActorRequest, row: Any) -> Hit:
    word = gettext("Claim") if row.taken < row.places else gettext("Wait for a place")
    sends = ((word, reverse("agenda:claim", args=[row.pk])),)
    page = reverse("agenda:service", args=[row.pk])
    return Hit(row.title, _about(row), page, sends=sends)


def _about(row: Offer) -> str:
    return " · ".join(filter(None, (kind_word(row.kind), when(row), row.place)))


def _own(request: ActorRequest, words: str) -> QuerySet[Offer] | None:
    """What the member, acting for nobody else, has taken on."""
    if request.acting is not None or request.actor.person_id is None:
        return None
    rows = offer_rows().filter(pk__in=own_claims(request.actor).values("offer"))
    return offers_found(rows, words).order_by("starts_at", "title")


def _own_hit(_request: ActorRequest, row: Offer) -> Hit:
    return Hit(row.title, _about(row), reverse("agenda:service", args=[row.pk]))


def _of_party(request: ActorRequest, words: str) -> QuerySet[Any] | None:
    """What is offered to the unit or the branch acted for."""
    place = request.acting
    if place is None or place.kind not in (Kind.UNIT, Kind.BRANCH):
        return None
    return offers_found(offers_to_party(request.actor, place), words)


def _party_hit(_request: ActorRequest, row: Any) -> Hit:
    about = " · ".join((row.community.name, _about(row)))
    return Hit(row.title, about, reverse("agenda:party_choice", args=[row.pk]))


SERVICES = (
    SearchSource(gettext_noop("Services you have taken on"), _own, _own_hit, "agenda:own"),
    SearchSource(gettext_noop("Find a service"), _services, _service_hit, "agenda:find"),
    SearchSource(gettext_noop("Services for units"), _of_party, _party_hit, "agenda:party"),
)

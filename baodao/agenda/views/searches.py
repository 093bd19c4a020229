"""Services that a member may claim, as they are found from the header."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.openings import claimable, own_community, without_own
from baodao.kernel.errors import gettext_noop
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offers_found
from baodao.offers.queries.words import kind_word, when
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _services(request: ActorRequest, words: str) -> QuerySet[Offer] | None:
    """What the member, acting for nobody else, may claim now."""
    if request.acting is not None or request.actor.person_id is None:
        return None
    rows = without_own(claimable(own_community(request.actor)), request.actor)
    return offers_found(rows, words).order_by("starts_at", "title")


def _service_hit(_request: ActorRequest, row: Offer) -> Hit:
    about = " · ".join(filter(None, (kind_word(row.kind), when(row), row.place)))
    acts = ((gettext("Claim"), reverse("agenda:claim", args=[row.pk])),)
    return Hit(row.title, about, reverse("agenda:service", args=[row.pk]), acts)


SERVICES = SearchSource(gettext_noop("Find a service"), _services, _service_hit, "agenda:find")

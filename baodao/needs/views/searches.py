"""Needs, as they are found from the header."""

from django.db.models import QuerySet
from django.urls import reverse

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.needs.models import Need
from baodao.needs.queries.needs import needs, needs_found
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _needs(request: ActorRequest, words: str) -> QuerySet[Need] | None:
    """Needs of the place acted for, the latest first; neither name nor telephone is looked at."""
    place = request.acting
    if place is None or not request.actor.may(Permission.NEED_READ, place.path):
        return None
    rows = needs(request.actor).filter(community__path__startswith=place.path)
    return needs_found(rows, words).order_by("-collected_at")


def _need_hit(_request: ActorRequest, row: Need) -> Hit:
    about = " · ".join((row.code, row.community.name, str(row.get_state_display())))
    return Hit(row.text, about, reverse("needs:need", args=[row.pk]))


NEEDS = SearchSource(gettext_noop("Needs"), _needs, _need_hit, "needs:board")

"""Organisations, as supervisors find them from the header: each leads to its figures."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.figures.rules.sheets import LEVELS, PLACES
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import organisations_found
from baodao.orgs.queries.tree import organisations, place_name
from baodao.orgs.rules.tree import Kind
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _places(request: ActorRequest, words: str) -> QuerySet[Organisation] | None:
    """Open organisations with a table, below the authority acted for."""
    place = request.acting
    if place is None or place.kind not in (Kind.CITY, Kind.DISTRICT, Kind.STREET):
        return None
    rows = organisations(request.actor, Permission.FIGURE_READ).select_related("parent")
    rows = rows.filter(closed_at=None, kind__in=LEVELS, path__startswith=place.path)
    return organisations_found(rows, words).order_by("path")


def _place_hit(_request: ActorRequest, row: Organisation) -> Hit:
    acts = []
    if row.kind in PLACES:
        acts.append((gettext("Overview"), reverse("insight:overview_of", args=[row.code])))
    about = gettext(Kind(row.kind).words)
    return Hit(place_name(row), about, reverse("insight:table", args=[row.code]), tuple(acts))


FIGURES = SearchSource(gettext_noop("Tables"), _places, _place_hit)

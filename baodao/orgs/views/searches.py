"""Organisations, as they are found from the header by who keeps them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import organisations_found
from baodao.orgs.queries.tree import choice_name, organisations
from baodao.orgs.rules.tree import Kind
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _organisations(request: ActorRequest, words: str) -> QuerySet[Organisation] | None:
    """Those that the actor keeps, closed ones last."""
    if not request.actor.may_somewhere(Permission.ORGANISATION_EDIT):
        return None
    rows = organisations(request.actor, Permission.ORGANISATION_EDIT).select_related("parent")
    return organisations_found(rows, words).order_by("-closed_at", "path")


def _organisation_hit(_request: ActorRequest, row: Organisation) -> Hit:
    above = row.parent.name if row.parent else ""
    about = " · ".join(filter(None, (gettext(Kind(row.kind).words), above, row.code)))
    acts = []
    if row.closed_at is None:
        acts.append((gettext("Settings"), reverse("orgs:settings", args=[row.pk])))
    return Hit(choice_name(row), about, reverse("orgs:organisation", args=[row.pk]), tuple(acts))


ORGANISATIONS = SearchSource(
    gettext_noop("Organisations"), _organisations, _organisation_hit, "orgs:list"
)

"""Organisations to choose from: the open ones, and what was chosen before though it is closed."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from baodao.orgs.models import Organisation


def choosable(rows: QuerySet[Organisation], present: int | None) -> QuerySet[Organisation]:
    """The open ones of these, and the `present` one: a choice that was closed since stays until
    somebody makes another."""
    return rows.filter(Q(closed_at=None) | Q(pk=present))


def choice_name(organisation: Organisation) -> str:
    """The name among the choices; a closed one says so."""
    if organisation.closed_at is None:
        return organisation.name
    return gettext("%(name)s (closed)") % {"name": organisation.name}

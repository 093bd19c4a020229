"""The same authorisation as a filter: which rows of a queryset the actor may touch."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from baodao.kernel.authz import Actor, Permission

M = TypeVar("M", bound=Model)


def within(queryset: QuerySet[M], actor: Actor, permission: Permission, *paths: str) -> QuerySet[M]:
    """The rows for which one of the lookups `paths` lies where the actor holds `permission`.

    `paths` name path columns, across joins if need be: `"path"`, `"branch__path"`.
    """
    return covered(queryset, actor.paths(permission), *paths)


def covered(queryset: QuerySet[M], reach: Sequence[str], *paths: str) -> QuerySet[M]:
    """The rows for which one of the lookups `paths` lies at or below one of the paths `reach`."""
    if not reach:
        return queryset.none()
    return queryset.filter(_below(reach, paths))


def beyond(queryset: QuerySet[M], reach: Sequence[str], *paths: str) -> QuerySet[M]:
    """The rows that `covered` leaves out: none of the lookups `paths` lies within `reach`."""
    if not reach:
        return queryset
    return queryset.exclude(_below(reach, paths)) if "" not in reach else queryset.none()


def _below(reach: Sequence[str], paths: Sequence[str]) -> Q:
    """Whether one of the lookups `paths` lies at or below one of the paths `reach`."""
    condition = Q()
    if "" in reach:
        return condition
    for lookup in paths or ("path",):
        for path in reach:
            condition |= Q(**{f"{lookup}__startswith": path})
    return condition


def own(queryset: QuerySet[M], actor: Actor, person: str = "person") -> QuerySet[M]:
    """The rows that are about the actor in person; nobody's when the actor is no person, or acts
    by a token."""
    if actor.person_id is None or not actor.reaches_own:
        return queryset.none()
    return queryset.filter(**{f"{person}_id" if person != "pk" else "pk": actor.person_id})

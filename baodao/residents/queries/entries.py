"""Sealed entries: which of them are needed, and what tells of whom they are."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.residents.models import SealedHousehold

EntrySource = Callable[[], QuerySet[Any, Any]]
"""Gives one column of ids, none of them NULL."""

_sources: list[EntrySource] = []


def register_entries(source: EntrySource) -> None:
    """Let no entry be forgotten whose id a source gives; called by each slice that points at
    entries when it starts."""
    _sources.append(source)


BarSource = Callable[[UUID], Iterable[str]]
"""Gives the titles of what is still offered or asked for the household of an entry."""

_bars: list[BarSource] = []


def register_bars(source: BarSource) -> None:
    """Let no file be deleted by hand while a source names something for its household; called by
    each slice that offers or asks something for one when it starts."""
    _bars.append(source)


def titles_for(household_id: UUID) -> list[str]:
    """What is still offered or asked for the household of an entry."""
    return [title for source in _bars for title in source(household_id)]


def without_need(ids: Iterable[UUID]) -> QuerySet[SealedHousehold]:
    """Those of these entries at which nothing that goes on points any more."""
    rows = SealedHousehold.objects.filter(pk__in=list(ids))
    for source in _sources:
        rows = rows.exclude(pk__in=source())
    return rows


def pointed_at(ids: Iterable[UUID], besides: EntrySource) -> set[UUID]:
    """Those of these entries at which what goes on points `besides` one source, or for whose
    household something is still offered."""
    every = list(ids)
    rows = SealedHousehold.objects.filter(pk__in=every)
    needed = {one for one in every if titles_for(one)}
    for source in _sources:
        if source is not besides:
            needed.update(rows.filter(pk__in=source()).values_list("pk", flat=True))
    return needed


def household_names(household_id: UUID | None) -> list[str]:
    """What tells of whom an entry is, by name and by address; none without an entry."""
    if household_id is None:
        return []
    rows = SealedHousehold.objects.filter(pk=household_id)
    return [words for row in rows for words in (row.name, row.address) if words]

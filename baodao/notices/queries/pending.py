"""Notices that ask for an act: each closes by itself when the act is done, by whomever.

Nothing is written for it. Whether an act still waits is asked of the rows that wait for it, which
each slice registers for its kinds.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, Case, Exists, Q, QuerySet, Value, When

from baodao.notices.models import Notice
from baodao.notices.rules.catalogue import KINDS

PendingRows = Callable[[], QuerySet[Any]]
"""The rows that wait, tied to a notice by an `OuterRef` to its `about` or to its addressee."""

_PENDING: dict[str, PendingRows] = {}


def register_pending(kinds: Mapping[str, PendingRows]) -> None:
    """Say for kinds of notices for which rows they ask. Raises `ValueError` for a kind that nobody
    has registered."""
    if unknown := kinds.keys() - KINDS.keys():
        raise ValueError(f"no such kinds of notices: {unknown}")
    _PENDING.update(kinds)


def with_closed(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """With `closed`: whether the notice asked for an act for which nothing waits any more."""
    cases = [
        When(kind=kind, about__isnull=False, then=~Exists(pending()))
        for kind, pending in _PENDING.items()
    ]
    return rows.annotate(closed=Case(*cases, default=Value(False), output_field=BooleanField()))


def unread(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those that were not read and are not closed."""
    return with_closed(rows).filter(Q(closed=False), read_at=None)

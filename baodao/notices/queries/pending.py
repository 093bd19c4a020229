"""Notices that ask for an act: each closes by itself when the act is done, by whomever.

Nothing is written for it. Whether an act still waits is asked of the rows that wait for it, which
each slice registers for its kinds.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from baodao.identities.queries.checks import open_checks
from baodao.notices.models import Notice
from baodao.notices.queries.complaints import open_complaints
from baodao.notices.rules.catalogue import KINDS
from baodao.people.queries.transfers import proposed_transfers

PendingRows = Callable[[], QuerySet[Any]]
"""The rows that wait, tied to a notice by an `OuterRef` to its `about` or to its addressee."""

_PENDING: dict[str, PendingRows] = {}


def register_pending(kinds: Mapping[str, PendingRows]) -> None:
    """Say for kinds of notices for which rows they ask. Raises `ValueError` for a kind that nobody
    has registered."""
    if unknown := kinds.keys() - KINDS.keys():
        raise ValueError(f"no such kinds of notices: {unknown}")
    _PENDING.update(kinds)


def pending_kinds() -> frozenset[str]:
    """The kinds of notices that close by themselves."""
    return frozenset(_PENDING)


def with_closed(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """With `closed`: whether the notice asked for an act for which nothing waits any more. It is
    asked kind by kind, which is dear: of the rows that are shown alone."""
    cases = [_closing(kind) for kind in _PENDING]
    return rows.annotate(closed=Case(*cases, default=Value(False), output_field=BooleanField()))


def unread(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those that were not read and are not closed; of the kinds that are among them only."""
    rows = rows.filter(read_at=None)
    there = set(rows.order_by().values_list("kind", flat=True).distinct())
    for kind in sorted(there & pending_kinds()):
        rows = rows.exclude(Q(~Exists(_PENDING[kind]()), kind=kind, about__isnull=False))
    return rows


def closed_of(rows: QuerySet[Notice], kind: str) -> QuerySet[Notice]:
    """Those of the rows that are of this kind, which closes by itself, and are closed."""
    return rows.filter(~Exists(_PENDING[kind]()), kind=kind, about__isnull=False)


def _closing(kind: str) -> When:
    """Notices of a kind about something for which nothing waits."""
    return When(kind=kind, about__isnull=False, then=~Exists(_PENDING[kind]()))


OWN_PENDING: dict[str, PendingRows] = {
    "complaint-received": lambda: open_complaints().filter(pk=OuterRef("about")),
    "number-asked": lambda: open_checks().filter(pk=OuterRef("about")),
    "transfer-proposed": lambda: proposed_transfers().filter(pk=OuterRef("about")),
}
"""For what this slice tells itself: of complaints, and of members on the way between units and
numbers to be compared, which are kept below it."""

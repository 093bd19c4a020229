"""The tree as an outline: what the actor keeps, opened as far as was asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind

MOST_BELOW = 200
"""Organisations shown below one; the rest is on its own page."""


@dataclass(frozen=True)
class OutlineLine:
    """One organisation in the outline: how many open ones of each kind hang directly below it, by
    the message ids of the kinds, and those below where it is opened; `rest` of them are not shown.
    """

    organisation: Organisation
    counts: tuple[tuple[str, int], ...]
    below: tuple["OutlineLine", ...] = ()
    is_open: bool = False
    rest: int = 0
    has_below: bool = False

    @property
    def kind(self) -> str:
        """The message id of its kind."""
        return Kind(self.organisation.kind).words


def outline(actor: Actor, opened: Organisation | None = None) -> list[OutlineLine]:
    """The tops of what the actor keeps with what hangs directly below them, and below each
    organisation on the way down to the `opened` one."""
    rows = organisations(actor, Permission.ORGANISATION_EDIT)
    tops = list(rows.exclude(parent__in=rows.values("pk")).order_by("path"))
    way = opened.path.rstrip(".").split(".") if opened else []
    on_the_way = rows.filter(code__in=way).values_list("pk", flat=True)
    expanded = {top.pk for top in tops} | set(on_the_way)
    children: dict[int | None, list[Organisation]] = defaultdict(list)
    for row in rows.filter(parent__in=expanded).order_by("sort", "code"):
        children[row.parent_id].append(row)
    for brothers in children.values():
        brothers.sort(key=lambda row: list(Kind).index(Kind(row.kind)))
    visible = [*tops, *(row for brothers in children.values() for row in brothers[:MOST_BELOW])]
    counts = _counts_below(rows, visible)

    def line(row: Organisation) -> OutlineLine:
        inside = children[row.pk] if row.pk in expanded else []
        kinds = counts.get(row.pk, {})
        return OutlineLine(
            row,
            tuple((kind.words, kinds[kind]) for kind in Kind if kinds.get(kind)),
            tuple(map(line, inside[:MOST_BELOW])),
            row.pk in expanded,
            max(0, len(inside) - MOST_BELOW),
            row.pk in counts,
        )

    return list(map(line, tops))


def _counts_below(
    rows: QuerySet[Organisation], parents: Sequence[Organisation]
) -> dict[int, dict[Kind, int]]:
    """How many open organisations of each kind hang directly below each, closed ones as none."""
    children = rows.filter(parent__in=[row.pk for row in parents]).order_by()
    counts: dict[int, dict[Kind, int]] = defaultdict(dict)
    number = Count("pk", filter=Q(closed_at=None))
    for parent, kind, count in children.values_list("parent", "kind").annotate(number=number):
        counts[parent][Kind(kind)] = count
    return counts

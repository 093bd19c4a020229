"""What hangs on organisations: the rows of every table that points at the tree."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, Q

from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import HANDOVERS, Handover

MOST = 10_000


@dataclass(frozen=True)
class Hanging:
    """How many rows of one kind point at an organisation or at something below it.

    Above `MOST` nobody counts on: the facts of a city have no end.
    """

    what: str
    count: int

    @property
    def number(self) -> str:
        """The number as it is shown."""
        return f"{MOST}+" if self.count > MOST else str(self.count)


def hanging(organisation: Organisation) -> list[Hanging]:
    """What hangs on an organisation and below it, of the tables whose slices have words for it, in
    the order of the slices: open organisations first; none with 0."""
    inside = Organisation.objects.filter(path__startswith=organisation.path, closed_at=None)
    counts = Counter({"organisation": inside.exclude(pk=organisation.pk).count()})
    for model, field, handover in _pointing():
        if model is not Organisation:
            below = {f"{field.name}__path__startswith": organisation.path}
            count = model._base_manager.filter(**below)[: MOST + 1].count()
            counts[handover.name] = max(counts[handover.name], count)
    rows = [handover for handover in HANDOVERS.values() if handover.words]
    return [Hanging(one.words, counts[one.name]) for one in rows if counts[one.name]]


def hanging_on(
    condition: Callable[[str], Q], own: Collection[int], most: int
) -> Iterator[tuple[int, str]]:
    """What hangs directly on organisations, at most `most` of one kind: the id of one, and the
    words for what points at it, a message id. `condition` says of a column whether it names one of
    them. Of the organisations below, those that are closed, that `condition` names or that are
    `own` count as nothing."""
    for model, field, handover in _pointing():
        rows = model._base_manager.filter(condition(field.name)).order_by()
        if model is Organisation:
            rows = rows.filter(closed_at=None).exclude(condition("pk") | Q(pk__in=own))
        for place_id in rows.values_list(field.attname, flat=True).distinct()[:most]:
            yield place_id, handover.words


def _pointing() -> Iterator[tuple[type[Model], ForeignKey[Any, Any], Handover]]:
    """The tables that point at organisations, the column by which, and their handover, of those
    whose slices have words for it."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        model, field = relation.related_model, getattr(relation, "field", None)
        if not relation.one_to_many or field is None or not isinstance(model, type(Organisation)):
            continue
        handover = HANDOVERS[str(model._meta.verbose_name)]
        if handover.words:
            yield model, field, handover

"""Rows that end with memberships, and stand again where that is taken back."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.marks import is_as_left, marked, marking, put_back
from baodao.people.rules.departures import Departure, Json, Obstacles

M = TypeVar("M", bound=Model)


def _tell_nobody(_actor: Actor, _rows: Sequence[Any]) -> None:
    """Whoever was told nothing of the end is told nothing of the return."""


def _no_bars(_rows: Sequence[Any]) -> Obstacles:
    return {}


@dataclass(frozen=True)
class EndingRows(Generic[M]):
    """The rows of one model that end with memberships (`people.rules.departures.DepartureStep`).

    `rows` finds them, `end` ends them once they are locked, which writes `columns`. Taken back,
    each stands as before, and `again` tells whoever was told. `words` are what pages call several
    of them: one that was changed since stands in the way, and `bars` tell what else does. Without
    words, what was changed since stays as it is, in nobody's way. `person` is the column of whose
    row it is.
    """

    model: type[M]
    columns: tuple[str, ...]
    rows: Callable[[Sequence[Departure]], QuerySet[M]]
    end: Callable[[Actor, Sequence[M], Mapping[UUID, Departure]], None]
    words: str = ""
    person: str = "person_id"
    again: Callable[[Actor, Sequence[M]], None] = _tell_nobody
    bars: Callable[[Sequence[M]], Obstacles] = _no_bars

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    def let_go(self, actor: Actor, departures: Sequence[Departure]) -> Json:
        rows = list(_locked(self.rows(departures)))
        if not rows:
            return {}
        with marking(self.model, [row.pk for row in rows], self.columns) as marks:
            self.end(actor, rows, {one.person_id: one for one in departures})
        return marks

    def obstacles(self, marks: Json) -> Obstacles:
        if not marks or not self.words:
            return {}
        words: defaultdict[UUID, list[str]] = defaultdict(list)
        rows: list[Any] = list(marked(self.model, marks))
        for row in rows:
            if not is_as_left(row, marks):
                words[getattr(row, self.person)].append(self.words)
        for person_id, more in self.bars(rows).items():
            words[person_id].extend(more)
        return words

    def take_back(self, actor: Actor, marks: Json) -> None:
        rows = [row for row in _locked(marked(self.model, marks)) if is_as_left(row, marks)]
        put_back(rows, marks, clock.now())
        self.again(actor, rows)


def _locked(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")

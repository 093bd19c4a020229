"""A number opened: exactly its rows, a page at a time, quickly however many there are."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.figures import organisation_for
from baodao.insight.queries.leaves import remembered
from baodao.insight.queries.listing import Listed, listed
from baodao.insight.queries.snapshots import leaves_in, snapshot_at
from baodao.insight.queries.sources import chosen, counted_by_leaf
from baodao.insight.rules import AsOf, Metric, Source, metric_of
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs import queries as orgs
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from baodao.people.models import Person
from baodao.people.queries.search import found

LEAF = {
    Source.MEMBERS: (Kind.BRANCH, Kind.UNIT),
    Source.HOSTED: (Kind.COMMUNITY,),
}


@dataclass(frozen=True)
class Narrowing:
    """A row of a table: members of this unit alone, or those in none of a unit's branches."""

    unit: str = ""
    direct: bool = False


@dataclass(frozen=True)
class Cell:
    """One number of one table: what it counts, where, and as of when."""

    organisation: Organisation
    metric: Metric
    as_of: AsOf
    unit: Organisation | None = None
    direct: bool = False
    sought: str = ""

    @property
    def of_people(self) -> bool:
        return self.metric.source in LEAF

    @cached_property
    def _values(self) -> dict[str, Any]:
        place = self.organisation.path if self.direct else self.organisation
        return parameters(place, self.as_of, unit=self.unit.pk if self.unit else None)

    @cached_property
    def _where(self) -> str:
        return "unit_id = %(unit)s" if self.unit else "true"

    @cached_property
    def _people(self) -> list[UUID]:
        """Whom the sought name may mean."""
        return list(found(QuerySet(Person), self.sought).values_list("pk", flat=True))

    @cached_property
    def _leaves(self) -> list[tuple[int, int]]:
        """How many rows hang on each branch, community or unit, in the order of the tree."""
        code = self.metric.code
        if not self.unit and not self.direct and self.metric.source in LEAF:
            snapshot = snapshot_at(self.as_of)
            if snapshot is not None:
                kinds = LEAF[self.metric.source]
                return leaves_in(snapshot, self.organisation, code, kinds)
            held = remembered(self.organisation, self.metric.source, self.as_of)
            if held is not None:
                return [(leaf.id, leaf.figures[code]) for leaf in held if leaf.figures[code]]
        rows = ask(counted_by_leaf(code, self._where), self._values)
        return [(row["leaf"], row["rows"]) for row in rows]

    @cached_property
    def count(self) -> int:
        """How many rows: the number itself, or those of them that match what is sought."""
        if not self.sought:
            return sum(count for _, count in self._leaves)
        sql = f"""
            SELECT count(*) AS rows FROM ({chosen(self.metric.code)}) chosen
            WHERE {self._where} AND person_id = ANY(%(people)s)"""
        return int(ask(sql, self._values | {"people": self._people})[0]["rows"])

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        """The rows from `start` to before `stop`."""
        values = self._values | {"count": stop - start}
        if self.sought:
            where = f"thing.{self._where} AND thing.person_id = ANY(%(people)s)"
            values |= {"people": self._people, "start": start}
        else:
            leaves, skipped = self._around(start, stop)
            where = f"thing.{self._where} AND thing.organisation_id = ANY(%(leaves)s)"
            values |= {"leaves": leaves, "start": start - skipped}
        where = where.replace("thing.true", "true")
        return listed(self.metric.code, values, where, "LIMIT %(count)s OFFSET %(start)s")

    def _around(self, start: int, stop: int) -> tuple[list[int], int]:
        """The leaves on which rows `start` to `stop` hang, and how many rows come before them."""
        wanted: list[int] = []
        skipped = passed = 0
        for leaf, count in self._leaves:
            if passed >= stop:
                break
            if passed + count > start:
                wanted.append(leaf)
            elif not wanted:
                skipped += count
            passed += count
        return wanted, skipped


def cell(actor: Actor, code: str, metric: str, as_of: AsOf, row: Narrowing = Narrowing()) -> Cell:
    """The number `metric` of the organisation with `code`; `Absent` where there is none.

    Reading a number is reading its rows: who may read the figures of an organisation sees whom
    they count.
    """
    organisation = organisation_for(actor, code)
    known = metric_of(metric, Kind(organisation.kind))
    if known is None:
        raise Absent(metric)
    if not row.unit:
        return Cell(organisation, known, as_of, direct=row.direct)
    if known.source not in (Source.HOSTED, Source.HOSTED_UNITS):
        raise Absent(metric)
    return Cell(organisation, known, as_of, unit=orgs.by_code(row.unit))

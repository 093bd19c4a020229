"""A number opened: exactly its rows, a page at a time, quickly however many there are."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.insight.queries.asking import ask, parameters
from baodao.insight.queries.deeds import page_of_records
from baodao.insight.queries.figures import organisation_for
from baodao.insight.queries.leaves import Count, by_source
from baodao.insight.queries.listing import Listed, listed
from baodao.insight.queries.snapshots import leaves_in, snapshot_at
from baodao.insight.queries.sources import chosen, counted_by_leaf
from baodao.insight.rules import (
    RECORDS,
    SHEETS,
    AsOf,
    Metric,
    Period,
    Source,
    metric_of,
    year_of,
)
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
    Source.SERVICES: (Kind.BRANCH, Kind.UNIT),
    Source.SERVICES_HERE: (Kind.COMMUNITY,),
    Source.POSTS: (Kind.BRANCH, Kind.UNIT),
    Source.CLAIMS: (Kind.COMMUNITY,),
}
"""Sources whose rows are of a person, and on which kinds of organisation they hang."""
_BY_UNIT = (Source.HOSTED, Source.HOSTED_UNITS, Source.SERVICES_HERE, Source.CLAIMS)
_BY_PERSON = (Source.MEMBERS, Source.SERVICES, Source.POSTS)


@dataclass(frozen=True)
class Narrowing:
    """A row of a table: members of this unit alone, those in none of a unit's branches, or one
    person, by volunteer number."""

    unit: str = ""
    direct: bool = False
    person: str = ""


@dataclass(frozen=True)
class Cell:
    """One number of one table: what it counts, where, as of when, and of which period."""

    organisation: Organisation
    metric: Metric
    as_of: AsOf
    period: Period
    unit: Organisation | None = None
    direct: bool = False
    person: Person | None = None
    sought: str = ""

    @property
    def of_people(self) -> bool:
        """Whether each row is of a person who can be sought."""
        return self.metric.source in LEAF

    @property
    def of_records(self) -> bool:
        return self.metric.source in RECORDS

    @cached_property
    def _values(self) -> dict[str, Any]:
        place = self.organisation.path if self.direct else self.organisation
        more = {
            "unit": self.unit.pk if self.unit else None,
            "person": self.person.pk if self.person else None,
        }
        return parameters(place, self.as_of, self.period, **more)

    @property
    def _where(self) -> str:
        if self.unit:
            return "thing.unit_id = %(unit)s"
        return "thing.person_id = %(person)s" if self.person else "true"

    @cached_property
    def _people(self) -> list[UUID]:
        """Whom the sought name may mean."""
        return list(found(QuerySet(Person), self.sought).values_list("pk", flat=True))

    @cached_property
    def _leaves(self) -> list[tuple[int, int, int]]:
        """How many rows hang on each branch, community or unit, in the order of the tree, and the
        number they make."""
        code = self.metric.code
        if self._where == "true" and not self.direct and self.metric.source in LEAF:
            snapshot = snapshot_at(self.as_of, self.period)
            if snapshot is not None:
                kinds = LEAF[self.metric.source]
                return leaves_in(snapshot, self.organisation, code, kinds)
            held = self._remembered()
            if held is not None:
                return held
        rows = ask(counted_by_leaf(code, self._where), self._values)
        return [(row["leaf"], row["rows"], row["number"]) for row in rows]

    def _remembered(self) -> list[tuple[int, int, int]] | None:
        """The same from a table that this process has counted of late."""
        code, rows = self.metric.code, self.metric.rows or self.metric.code
        for sheet in SHEETS.values():
            for codes in by_source(sheet[Kind(self.organisation.kind)]):
                if code not in codes:
                    continue
                count = Count(self.organisation, codes, self.as_of, self.period)
                held = count.remembered()
                if held is not None:
                    told = [(leaf.id, leaf.figures[rows], leaf.figures[code]) for leaf in held]
                    return [leaf for leaf in told if leaf[1]]
        return None

    @cached_property
    def number(self) -> int:
        """What the table shows: how many rows, or their minutes."""
        return sum(number for _, _, number in self._leaves)

    @cached_property
    def count(self) -> int:
        """How many rows, or how many of them match what is sought."""
        if not self.sought:
            return sum(rows for _, rows, _ in self._leaves)
        sql = f"""
            SELECT count(*) AS rows FROM ({chosen(self.metric.code)}) thing
            WHERE {self._where} AND thing.person_id = ANY(%(people)s)"""
        return int(ask(sql, self._values | {"people": self._people})[0]["rows"])

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        """The rows from `start` to before `stop`."""
        values = self._values | {"count": stop - start, "start": start}
        where = self._where
        if self.sought:
            where += " AND thing.person_id = ANY(%(people)s)"
            values |= {"people": self._people}
        elif not self.of_records or where == "true":
            leaves, skipped = self._around(start, stop)
            values |= {"leaves": leaves, "start": start - skipped}
            if self.of_records:
                return page_of_records(self.metric.code, values)
            where += " AND thing.organisation_id = ANY(%(leaves)s)"
        return listed(self.metric.code, values, where, "LIMIT %(count)s OFFSET %(start)s")

    def _around(self, start: int, stop: int) -> tuple[list[int], int]:
        """The leaves on which rows `start` to `stop` hang, and how many rows come before them."""
        wanted: list[int] = []
        skipped = passed = 0
        for leaf, count, _ in self._leaves:
            if passed >= stop:
                break
            if passed + count > start:
                wanted.append(leaf)
            elif not wanted:
                skipped += count
            passed += count
        return wanted, skipped


def cell(
    actor: Actor,
    code: str,
    metric: str,
    as_of: AsOf,
    row: Narrowing = Narrowing(),
    period: Period | None = None,
) -> Cell:
    """The number `metric` of the organisation with `code`, of the year of the instant unless
    another period is given; `Absent` where there is none.

    Reading a number is reading its rows: who may read the figures of an organisation sees whom
    they count.
    """
    organisation = organisation_for(actor, code)
    known = metric_of(metric, Kind(organisation.kind))
    if known is None or (row.unit and known.source not in _BY_UNIT):
        raise Absent(metric)
    if row.person and known.source not in _BY_PERSON:
        raise Absent(metric)
    return Cell(
        organisation,
        known,
        as_of,
        period or year_of(as_of),
        orgs.by_code(row.unit) if row.unit else None,
        row.direct,
        _person(row.person) if row.person else None,
    )


def _person(number: str) -> Person:
    """By volunteer number; what is shown of them is what counts in the cell."""
    person = QuerySet(Person).filter(number=number).first()
    if person is None:
        raise Absent("person")
    return person

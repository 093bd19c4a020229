"""A number opened: exactly its rows, a page at a time, quickly however many there are."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sources.burden import ListedBurden
from baodao.figures.queries.sources.needs import ListedNeed, ListedRating
from baodao.figures.queries.sources.offers import ListedClaim, ListedOffer
from baodao.figures.queries.sources.opinions import ListedOpinion
from baodao.figures.queries.sources.organisations import ListedOrganisation
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.queries.sources.records import ListedRecord, page_of_records
from baodao.figures.queries.sources.solutions import ListedSolution
from baodao.figures.queries.sql import ask, parameters
from baodao.figures.queries.statements import counted_by_leaf, listed, rows_behind
from baodao.figures.rules.catalogue import columns_of, count_beside, metric_at
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.metrics.needs import COLLECTED_AT
from baodao.figures.rules.metrics.services import CATEGORY
from baodao.figures.rules.sheets import StatSheet
from baodao.figures.rules.sources import NEEDS, SERVICES, SERVICES_HERE
from baodao.insight.queries.tables import organisation_for
from baodao.insight.rules.charts import AGES
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, year_of
from baodao.ledger.queries.categories import codes_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code
from baodao.orgs.queries.trees import PlaceThen, place_then
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.people.queries.members import belonged
from baodao.people.queries.search import search
from baodao.registration.queries.registrations import reported
from baodao.snapshots.queries import known, leaves_in

Listed = (
    ListedPerson
    | ListedOrganisation
    | ListedRecord
    | ListedNeed
    | ListedRating
    | ListedSolution
    | ListedOffer
    | ListedClaim
    | ListedOpinion
    | ListedBurden
)
LeafRows = tuple[int, int, int]
"""An organisation on which rows hang, how many, and the number they make."""


@dataclass(frozen=True)
class Narrowing:
    """A row of a table: members of this unit alone, those in none of a unit's branches, or one
    person, by volunteer number; or a mark of a chart: services of one kind, needs of one age."""

    unit: str = ""
    direct: bool = False
    person: str = ""
    kind: str = ""
    age: str = ""

    def metric(self, metric: Metric, known: Collection[str]) -> Metric:
        """The metric of these rows alone, of the `known` kinds of service; `Absent` for what its
        rows do not have."""
        condition = metric.condition
        if self.kind:
            if metric.source not in (SERVICES, SERVICES_HERE) or self.kind not in known:
                raise Absent(self.kind)
            condition &= CATEGORY.one_of(self.kind)
        if self.age:
            age = next((one for one in AGES if str(one) == self.age), None)
            if metric.source != NEEDS or age is None:
                raise Absent(self.age)
            condition &= COLLECTED_AT.aged(age.least, age.most)
        return replace(metric, condition=condition)


@dataclass(frozen=True)
class OpenNumber:
    """One number of one table: what it counts, where, as of when, and of which period."""

    organisation: Organisation
    place: PlaceThen
    metric: Metric
    as_of: AsOf
    period: Period
    unit: Organisation | None = None
    direct: bool = False
    person: Person | None = None
    sought: str = ""

    @property
    def of_records(self) -> bool:
        """Whether its rows are service records."""
        return self.metric.source in (SERVICES, SERVICES_HERE)

    @cached_property
    def _values(self) -> dict[str, Any]:
        more = {
            "unit": self.unit.pk if self.unit else None,
            "person": self.person.pk if self.person else None,
        }
        return parameters(self.place, self.as_of, self.period, alone=self.direct, **more)

    @property
    def _where(self) -> str:
        if self.unit:
            return "thing.unit_id = %(unit)s"
        return "thing.person_id = %(person)s" if self.person else "true"

    @cached_property
    def _people(self) -> list[UUID]:
        """Whom the sought name may mean."""
        return list(search(QuerySet(Person), self.sought).values_list("pk", flat=True))

    @cached_property
    def _leaves(self) -> list[LeafRows]:
        """What hangs on each branch, community or unit, in the order of the tree."""
        if self._where == "true" and not self.direct:
            leaves = leaves_in(known(self._query((self.metric,))), self.place, self.metric)
            leaves = self._remembered() if leaves is None else leaves
            if leaves is not None:
                return leaves
        rows = ask(counted_by_leaf(self.metric, self._where), self._values)
        return [(row["leaf"], row["rows"], row["number"]) for row in rows]

    def _query(self, metrics: tuple[Metric, ...]) -> FigureQuery:
        """Metrics of the whole number's organisation, as of its instant, of its period."""
        return FigureQuery(self.organisation, self.place, metrics, self.as_of, self.period)

    def _remembered(self) -> list[LeafRows] | None:
        """What `_leaves` gives, from a table that this process has counted of late."""
        beside, level = count_beside(self.metric), Kind(self.organisation.kind)
        if beside is None:
            return None
        for sheet in StatSheet:
            columns = columns_of(sheet, level)
            for count in self._query(columns).counts():
                both = {beside, self.metric} <= set(count.metrics)
                leaves = count.remembered() if both else None
                if leaves is not None:
                    return [
                        (leaf.id, leaf.figures[beside.code], leaf.figures[self.metric.code])
                        for leaf in leaves
                        if leaf.figures[beside.code]
                    ]
        return None

    @cached_property
    def figure(self) -> int:
        """What the table shows: how many rows, or what their measure makes of them."""
        return self.metric.measure.together(number for _, _, number in self._leaves)

    @cached_property
    def count(self) -> int:
        """How many rows, or how many of them match what is sought."""
        if not self.sought:
            return sum(rows for _, rows, _ in self._leaves)
        sql = f"""
            SELECT count(*) AS rows FROM ({rows_behind(self.metric)}) thing
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
            leaves, before = self._around(start, stop)
            values |= {"leaves": leaves, "start": start - before}
            if self.of_records:
                return page_of_records(self.metric, values)
            where += " AND thing.organisation_id = ANY(%(leaves)s)"
        return listed(self.metric, values, where, "LIMIT %(count)s OFFSET %(start)s")

    def _around(self, start: int, stop: int) -> tuple[list[int], int]:
        """The leaves on which rows `start` to `stop` hang, and how many rows come before them."""
        around: list[int] = []
        before = passed = 0
        for leaf, count, _ in self._leaves:
            if passed >= stop:
                break
            if passed + count > start:
                around.append(leaf)
            elif not around:
                before += count
            passed += count
        return around, before


def open_number(
    actor: Actor,
    code: str,
    metric_code: str,
    as_of: AsOf,
    row: Narrowing = Narrowing(),
    period: Period | None = None,
) -> OpenNumber:
    """The number of a metric of the organisation with `code`, of the year of the instant unless
    another period is given; `Absent` where there is none or the actor may not see it.

    Reading a number is reading its rows: who may read the figures of an organisation sees whom
    they count.
    """
    organisation = organisation_for(actor, code)
    metric = metric_at(metric_code, Kind(organisation.kind))
    if metric is None or not actor.may(metric.readers, organisation.path):
        raise Absent(metric_code)
    of_person = metric.source.by_person or organisation.kind == Kind.COMMUNITY
    if (row.unit and not metric.source.by_unit) or (
        row.person and not (of_person and metric.source.of_people)
    ):
        raise Absent(metric_code)
    return OpenNumber(
        organisation,
        place_then(organisation, as_of),
        row.metric(metric, codes_of(organisation).known if row.kind else ()),
        as_of,
        period or year_of(as_of),
        by_code(row.unit) if row.unit else None,
        row.direct,
        _person(row.person, organisation) if row.person else None,
    )


def _person(number: str, organisation: Organisation) -> Person:
    """By volunteer number, of who belongs, or ever belonged, or reported, to the organisation; the
    number of anybody else opens no name."""
    person = QuerySet(Person).filter(number=number).first()
    if person is None or not (
        belonged(organisation).filter(person=person).exists()
        or reported(organisation).filter(person=person).exists()
    ):
        raise Absent("person")
    return person

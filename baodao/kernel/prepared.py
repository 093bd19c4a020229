"""Queries whose SQL is written once and run many times, each time with other values.

Django takes longer to write a statement than the database to answer it, and every page asks the
same dozen. Here a query is built of stand-ins, its SQL kept, and a run puts its own values in their
places. What would be the same for ever by mistake is refused while it is built.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, UUIDField, Value
from django.db.models.sql.compiler import SQLCompiler

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.questions import Question, Rows, certain

Row = TypeVar("Row")
Leaf = UUID | str | int | datetime | date | list[UUID] | None
"""What a parameter of a statement can stand for."""

NOW = datetime(2, 3, 4, 5, 6, 7, tzinfo=UTC)
"""The clock while a query is built. Other instants and days stand in years of their own."""

CLOCK = 2
"""How many leaves the clock has before those of the values: this instant, and today."""


class Prepared(Generic[Row]):
    """A queryset by the values that are given to each run, and by the clock.

    `build` makes it of them, and is called once for each shape of values: of other types, with None
    for one, or by another role. Values are ids, `Several` ids, whole numbers, text, instants and
    days, rows (by their id, and their path where they have one), actors (by whom they are and what
    they reach), and tuples of these. `build` passes them on to the query as they are; it asks the
    database nothing, and of an actor only what they reach. Raises `ValueError` where it does
    otherwise.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self._build = build
        self._statements: dict[object, _Statement[Row]] = {}

    def question(self, *values: object) -> Question[list[Row]]:
        """To ask for the rows for these values now, as the queryset gives them."""
        return self._statement(values).question([clock.now(), clock.today(), *_leaves(values)])

    def rows(self, *values: object) -> list[Row]:
        """The answer of `question`."""
        return self.question(*values).answer()

    def first(self, *values: object) -> Row | None:
        """The first of the rows."""
        return next(iter(self.rows(*values)), None)

    def number(self, *values: object) -> Question[int]:
        """To ask how many rows there are, counted by the database."""
        return self._statement(values).number([clock.now(), clock.today(), *_leaves(values)])

    def count(self, *values: object) -> int:
        """The answer of `number`."""
        return self.number(*values).answer()

    def _statement(self, values: tuple[object, ...]) -> "_Statement[Row]":
        shape = _shape(values)
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = _statement(self._build, values)
        return statement


class Several(list[UUID]):
    """Ids for a query that looks for any of them: one value, so one statement for any number."""


def among(
    column: str, values: Collection[UUID | str | bytes], kind: "type[Field[Any, Any]]" = UUIDField
) -> Func:
    """A condition of a filter: the column is one of these ids, or of values of another kind. They
    are one parameter; written as one each, the driver would take longer to read the statement than
    the database to answer it."""
    listed = Func(Value(list(values), ArrayField(kind())), function="ANY")
    return Func(
        F(column),
        listed,
        template="%(expressions)s",
        arg_joiner=" = ",
        output_field=BooleanField(),
    )


def _shape(value: object) -> object:
    """What makes another statement. That somebody reaches everything is part of it."""
    match value:
        case Several():
            return Several
        case tuple():
            return tuple(map(_shape, value))
        case Actor():
            roles = tuple((one.role, one.only, _shape(one.path)) for one in value.grants)
            return Actor, _shape((value.account_id, value.person_id)), value.reaches_own, roles
        case Model():
            return value.__class__, getattr(value, "kind", None)
        case str():
            return str, value == ""
    return type(value)


def _leaves(value: object) -> Iterator[Any]:
    """What of a value can be a parameter."""
    match value:
        case Several():
            yield list(value)
        case tuple():
            for one in value:
                yield from _leaves(one)
        case Actor():
            yield from (value.account_id, value.person_id, *(one.path for one in value.grants))
        case Model():
            yield value.pk
            if hasattr(value, "path"):
                yield value.path
        case _:
            yield value


def _copied(value: object, leaves: Iterator[Any]) -> object:
    """The value, with these leaves for its own."""
    match value:
        case tuple():
            return tuple(_copied(one, leaves) for one in value)
        case Actor():
            ids = {"account_id": next(leaves), "person_id": next(leaves)}
            grants = tuple(replace(one, path=next(leaves)) for one in value.grants)
            return _Reach(name="", grants=grants, reaches_own=value.reaches_own, **ids)
        case Model():
            return _row(value, leaves)
    return next(leaves)


def _row(row: Model, leaves: Iterator[Any]) -> Model:
    """A row of whom only id, path and kind are known; what else is asked for would be looked up."""
    known = {row._meta.pk.attname: next(leaves)}
    if hasattr(row, "path"):
        known |= {"path": next(leaves), "kind": getattr(row, "kind", None)}
    columns = [one.attname for one in row._meta.concrete_fields if one.attname in known]
    return row.__class__.from_db(None, columns, [known[name] for name in columns])


class _Reach(Actor):
    """An actor of whom nothing is known but what they reach."""

    def may(self, *_: object) -> NoReturn:
        raise ValueError("a prepared query asks of an actor only what they reach")


def _stand_in(leaf: Leaf, place: int) -> Leaf:
    """What stands for a leaf of this type at this place among the others."""
    match leaf:
        case None | "":
            return leaf
        case UUID():
            return uuid4()
        case list():
            return [uuid4()]
        case str():
            return f"{uuid4().hex}."
        case datetime():
            return NOW + timedelta(days=1000 + place)
        case date():
            return NOW.date() + timedelta(days=1000 + place)
        case int() if not isinstance(leaf, bool):
            return -2_000_000_000 + place
    raise ValueError(f"no query is prepared for a value such as {leaf!r}")


Filled = Callable[[Sequence[Leaf]], object]
"""Makes a parameter of the leaves of a run."""


@dataclass(frozen=True)
class _Statement(Generic[Row]):
    """The SQL of a query, "" for one that can have no rows, how its parameters are made, and the
    query itself, which knows how to read what comes back."""

    query: "QuerySet[Any, Row]"
    compiler: SQLCompiler
    sql: str = ""
    parameters: tuple[Filled, ...] = ()

    def _filled(self, leaves: Sequence[Leaf]) -> tuple[Any, ...]:
        return tuple(filled(leaves) for filled in self.parameters)

    def number(self, leaves: Sequence[Leaf]) -> Question[int]:
        if not self.sql:
            return certain(0)
        sql = f"SELECT count(*) FROM ({self.sql}) listed"  # noqa: S608 what Django wrote
        return Question(((sql, self._filled(leaves)),), lambda rows: int(rows[0][0][0]))

    def question(self, leaves: Sequence[Leaf]) -> Question[list[Row]]:
        if not self.sql:
            return certain([])
        return Question(((self.sql, self._filled(leaves)),), lambda rows: self._read(rows[0]))

    def _read(self, rows: Rows) -> list[Row]:
        """What the queryset makes of rows of the database."""
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        if compiler.has_extra_select:
            rows = [row[: compiler.col_count] for row in rows]
        compiler.execute_sql = lambda *_, **__: [rows]
        query: Any = copy(self.query.query)
        query.get_compiler = lambda *_, **__: compiler
        whole: Any = self.query
        listed = whole.__class__(whole.model, query, whole.db)
        listed._fields = whole._fields
        return list(whole._iterable_class(listed))


def _statement(
    build: Callable[..., "QuerySet[Any, Row]"], values: tuple[object, ...]
) -> _Statement[Row]:
    """The query of values of this shape."""
    own = [_stand_in(leaf, place) for place, leaf in enumerate(_leaves(values))]
    with clock.at(NOW), connection.execute_wrapper(_refused):
        leaves: list[Leaf] = [clock.now(), clock.today(), *own]
        copied: Any = _copied(values, iter(own))
        query = build(*copied)
        compiler = query.query.get_compiler(query.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return _Statement(query, compiler)
    places = [_place(parameter, leaves) for parameter in parameters]
    _check_asked(values, leaves, {place for place, _ in places})
    return _Statement(query, compiler, sql, tuple(filled for _, filled in places))


def _refused(*_: object) -> NoReturn:
    raise ValueError("a prepared query is built without asking the database")


def _check_asked(
    values: Iterable[object], leaves: Sequence[Leaf], present: set[int | None]
) -> None:
    """Refuse a query that ignores a value; `present` are the places of leaves that stand in it."""
    place = CLOCK
    for value in values:
        end = place + len(list(_leaves(value)))
        own = set(range(place, end))
        if any(leaves[one] not in (None, "") for one in own) and not own & present:
            raise ValueError(f"the query does not ask for {value!r}, which it is given")
        place = end


def _place(parameter: object, leaves: Sequence[Leaf]) -> tuple[int | None, Filled]:
    """At which place the leaf of a parameter stands, and how it is made of it."""
    for place, leaf in enumerate(leaves):
        if leaf in (None, ""):
            continue
        if parameter == leaf and type(parameter) is type(leaf):
            return place, partial(_whole, place)
        if isinstance(leaf, str) and isinstance(parameter, str) and leaf in parameter:
            before, _, after = parameter.partition(leaf)
            return place, partial(_within, place, before, after)
    if isinstance(parameter, date):
        raise ValueError(f"the query holds {parameter}, which is neither now nor given")
    return None, partial(_kept, parameter)


def _whole(place: int, leaves: Sequence[Leaf]) -> object:
    return leaves[place]


def _within(place: int, before: str, after: str, leaves: Sequence[Leaf]) -> object:
    """Text inside a pattern, where signs that mean something there are taken as they stand."""
    text = str(leaves[place])
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return f"{before}{text}{after}"


def _kept(parameter: object, _leaves: Sequence[Leaf]) -> object:
    return parameter

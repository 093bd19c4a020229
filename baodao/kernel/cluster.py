"""A cluster (Citus) instead of one PostgreSQL: its tables where their models say, and what is not.

Converting a table makes it anew: its identity column begins at 1 again, and the default rights of
the owner's tables come back, UPDATE and DELETE on facts too. Both are put right in the same
transaction.
"""
# ruff: noqa: S608 - the names are those of our own tables

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Model

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.facts import give_rights
from baodao.kernel.placement import TablePlacement, own_models, placement_of

_PLACED = """
    SELECT class.relname, part.partmethod, part.repmodel,
           column_to_column_name(part.logicalrelid, part.partkey)
    FROM pg_dist_partition part JOIN pg_class class ON class.oid = part.logicalrelid
    WHERE class.relnamespace = 'public'::regnamespace"""
_IDENTITIES = """
    SELECT class.relname, attribute.attname,
           pg_get_serial_sequence(quote_ident(class.relname), attribute.attname)
    FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
      AND attribute.attidentity <> '' ORDER BY 1"""
_FIRST = "ledger_servicerecord"
"""The distributed table beside whose shards those of the others lie."""


def has_extension(alias: str = "default") -> bool:
    """Whether the database is a Citus coordinator at all."""
    return bool(_rows(alias, "SELECT FROM pg_extension WHERE extname = 'citus'"))


@contextmanager
def on_coordinator() -> Iterator[None]:
    """While no table lies on the nodes, what the owner makes is made on the coordinator alone: its
    types and functions go along with the tables that need them."""
    alone = settings.CLUSTER and has_extension("owner") and not _rows("owner", _PLACED)
    if alone:
        _run("SET citus.enable_ddl_propagation = off")
    yield
    if alone:
        _run("RESET citus.enable_ddl_propagation")


def distribute() -> list[str]:
    """Put every table where its model says, in one transaction as the owner; the tables that moved.

    What lies right stays, so a second run at once moves nothing. Identity columns go on after the
    highest id, and the application's role has its rights anew. Raises `Refused` where this is no
    cluster, or a table already lies where it must not.
    """
    if not settings.CLUSTER:
        raise Refused(
            "cluster.off",
            gettext_noop(
                "These settings are for one PostgreSQL. Set BAODAO_CLUSTER=1 where the database is "
                "the coordinator of a Citus cluster."
            ),
        )
    if not has_extension("owner"):
        raise Refused(
            "cluster.no-extension",
            gettext_noop(
                "The database has no extension citus. As its superuser run `CREATE EXTENSION "
                "citus` there and on every node, and add the nodes."
            ),
        )
    with transaction.atomic(using="owner"):
        moved = [table for table, place in _missing() if _move(table, place)]
        for table, column, sequence in _rows("owner", _IDENTITIES):
            _go_on(table, column, sequence)
        give_rights()
    return moved


def misplaced(alias: str = "default") -> list[str]:
    """The tables that do not lie where their models say."""
    there = _there(alias)
    return [
        table
        for table, place in _placements().items()
        if there.get(table, TablePlacement.LOCAL) != place
    ]


def behind(alias: str = "default") -> list[str]:
    """The tables whose identity column would give an id that a row has already."""
    tables = []
    for table, column, sequence in _rows(alias, _IDENTITIES):
        last = f"SELECT coalesce(pg_sequence_last_value('{sequence}'::regclass), 0)"
        [(value,)] = _rows(alias, last)
        [(highest,)] = _rows(alias, f'SELECT max("{column}") FROM "{table}"')
        if (highest or 0) > value:
            tables.append(table)
    return tables


def nodes(alias: str = "default") -> list[tuple[str, int, bool]]:
    """Every node by host and port, and whether it is in use."""
    sql = "SELECT nodename, nodeport, isactive FROM pg_dist_node ORDER BY nodename, nodeport"
    return [(host, port, active) for host, port, active in _rows(alias, sql)]


def _placements() -> Mapping[str, TablePlacement]:
    """By table; what is pointed at comes before what points at it."""
    models = set(own_models())
    order = TopologicalSorter({model: _pointed_at(model) & models for model in models})
    return {model._meta.db_table: placement_of(model) for model in order.static_order()}


def _pointed_at(model: type[Model]) -> set[Any]:
    fields = model._meta.concrete_fields
    return {field.related_model for field in fields if field.related_model is not None} - {model}


def _there(alias: str) -> dict[str, TablePlacement]:
    """By table of the database, where it lies; what stays on the coordinator may be left out."""
    placed = {}
    for table, method, model, column in _rows(alias, _PLACED):
        if method == "h":
            placed[table] = TablePlacement(column)
        else:
            placed[table] = TablePlacement.REFERENCE if model == "t" else TablePlacement.LOCAL
    return placed


def _missing() -> Iterator[tuple[str, TablePlacement]]:
    there = _there("owner")
    for table, place in _placements().items():
        present = there.get(table, TablePlacement.LOCAL)
        if present == place:
            continue
        if present is not TablePlacement.LOCAL:
            raise Refused(
                "cluster.other-placement",
                gettext_noop(
                    "The table %(table)s lies elsewhere than this version puts it. Undistribute it "
                    "by hand (`SELECT undistribute_table('%(table)s')`), then run this again."
                ),
                table=table,
            )
        yield table, place


def _move(table: str, place: TablePlacement) -> bool:
    if place is TablePlacement.REFERENCE:
        _run("SELECT create_reference_table(%s)", table)
        return True
    beside = "default" if table == _FIRST or not _is_there(_FIRST) else _FIRST
    _run(
        "SELECT create_distributed_table(%s, %s, colocate_with => %s)",
        *(table, place.column, beside),
    )
    return True


def _is_there(table: str) -> bool:
    return _there("owner").get(table, TablePlacement.LOCAL) is not TablePlacement.LOCAL


def _go_on(table: str, column: str, sequence: str) -> None:
    """The next id is above every one that there is, and never below the one it was."""
    _run(
        f"""SELECT setval('{sequence}', highest) FROM (
            SELECT max("{column}") AS highest FROM "{table}"
        ) row, {sequence} sequence
        WHERE highest >= sequence.last_value + sequence.is_called::int"""
    )


def _run(sql: str, *values: str | None) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)


def _rows(alias: str, sql: str) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

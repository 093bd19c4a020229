"""Running SQL: its parameters, its rows by name, and which instant is now."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.queries.trees import MOMENT, PlaceThen

Values = Mapping[str, Any]
Answer = dict[str, Any]
"""A row by column name, as the driver gives it."""

PATIENCE = timedelta(minutes=1)
_OLDEST = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'"""


def present() -> AsOf:
    """The latest instant whose figures can no longer change.

    What somebody is still writing was recorded before now and will be seen a moment later; so it
    is the start of the oldest open transaction, at most a minute ago, else now.
    """
    now = clock.now() + MOMENT
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        (oldest,) = cursor.fetchone()
    if oldest is None:
        return AsOf(now)
    return AsOf(max(min(now, oldest), now - PATIENCE))


def parameters(
    place: PlaceThen, as_of: AsOf, period: Period, *, alone: bool = False, **more: object
) -> dict[str, Any]:
    """What the rows of every source ask, of a place and all below it, or of it `alone`."""
    return {
        "tree": place.tree,
        "below": place.path if alone else f"{place.path}%",
        "instant": as_of.instant,
        "on": as_of.on,
        "first": period.first,
        "last": period.last,
        "year": period.year,
        "months": period.months,
        "whole_months": period.whole_months,
        "begins": period.begins_at,
        "ends": period.ends_at,
        **more,
    }


def ask(sql: str, values: Values) -> list[Answer]:
    """All rows of `sql`, by column name; what `tree` means in it stands in the parameters."""
    with connection.cursor() as cursor:
        cursor.execute(values.get("tree", "") + sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

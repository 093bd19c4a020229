"""Keeping in which communities each person has records (`queries/places.py`)."""

from collections.abc import Collection

from django.db import connection

from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.ledger.models import ServiceRecord

_NEW = """
    INSERT INTO ledger_personplace (person_id, community_id)
    SELECT DISTINCT person_id, community_id
    FROM unnest(%s::uuid[], %s::bigint[]) AS pair (person_id, community_id)
    ON CONFLICT DO NOTHING"""
_EVERY = """
    INSERT INTO ledger_personplace (person_id, community_id)
    SELECT DISTINCT person_id, community_id FROM ledger_servicerecord
    ON CONFLICT DO NOTHING"""


def keep_places(records: Collection[ServiceRecord]) -> None:
    """Note whose records these are, and where; in the transaction that writes them."""
    pairs = sorted({(row.person_id, row.community_id) for row in records})
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [[person for person, _ in pairs], [place for _, place in pairs]])


@command
def add_missing_places(actor: Actor) -> int:  # noqa: ARG001 - for whoever runs the installation
    """Add what the records tell and the table does not; how many. None is ever taken away: a
    record that is being written has its place in the table before others see it."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERY)
        return int(cursor.rowcount)

"""In which communities a person has records: on a cluster a question about a person asks the shards
of these alone, instead of all."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import connection

from baodao.kernel.authz import Actor
from baodao.kernel.prepared import among
from baodao.ledger.models import PersonPlace
from baodao.ledger.queries.records import Rows, own_records

_LATEST = """
    SELECT r.person_id, r.community_id
    FROM ledger_chainhead head
    JOIN ledger_servicerecord r ON r.community_id = head.community_id AND r.seq = head.seq"""
_WITHOUT = """
    SELECT count(*) FROM (
        {pairs} EXCEPT SELECT person_id, community_id FROM ledger_personplace
    ) missing"""


def on_their_shards(rows: Rows, person_ids: Collection[UUID]) -> Rows:
    """Records of these persons, asked where they have any; on one PostgreSQL as they are."""
    if not settings.CLUSTER:
        return rows
    places = PersonPlace.objects.filter(among("person_id", person_ids))
    return rows.filter(community__in=sorted(set(places.values_list("community_id", flat=True))))


def own_records_on_shards(actor: Actor) -> Rows:
    """`own_records`, asked as `on_their_shards` does."""
    return on_their_shards(own_records(actor), [actor.person_id] if actor.person_id else [])


def missing_places() -> int:
    """How many of the latest records of the chains the table does not know."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT.format(pairs=_LATEST))
        return int(cursor.fetchone()[0])

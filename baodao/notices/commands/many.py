"""Telling very many persons the same, in one statement however many they are."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.notices.commands.deliveries import plan
from baodao.notices.commands.notices import NoticeFact
from baodao.notices.models import Channel, Notice
from baodao.notices.rules.catalogue import NoticeKind

_INSERT = """
    INSERT INTO notices_notice (id, person_id, kind, facts, about, url, created_at, show_at)
    SELECT gen_random_uuid(), reader.id, %s, %s::jsonb, %s, %s, %s, %s
    FROM ({persons}) AS reader(id)"""


def announce_to_all(
    kind: NoticeKind, persons: QuerySet[Any, Any], *, about: UUID, facts: Mapping[str, NoticeFact]
) -> int:
    """Tell each of these persons, a query of one column of ids, the same sentence about one row, in
    the caller's transaction; how many they are. Not for reminders, each of which is counted."""
    if kind.reminder:
        raise ValueError(f"{kind.name} is a reminder: announce it to each person")
    sql, parameters = persons.query.sql_with_params()
    now = clock.now()
    values = (
        kind.name,
        json.dumps(dict(facts), ensure_ascii=False),
        about,
        kind.url % {"about": about},
        now,
        now,
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(persons=sql), [*values, *parameters])
        count: int = cursor.rowcount
    outside = Channel.objects.filter(account__isnull=False, removed_at=None)
    rows = Notice.objects.filter(kind=kind.name, about=about, created_at=now)
    plan(list(rows.filter(person__in=outside.values("account__person"))))
    return count

"""Which records stand as of an instant: those recorded before it and not reversed before it."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel import clock
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.orgs.models import Organisation


def standing_of(
    person_ids: Collection[UUID], community: Organisation, since: date, until: date, as_of: datetime
) -> QuerySet[ServiceRecord]:
    """Services of these persons in a community from `since` to `until`, as they stood at `as_of`.

    The caller has seen the persons through its own scope. What was recorded or reversed at `as_of`
    or later is not yet so: the same question has the same answer for ever.
    """
    known = ServiceRecord.objects.filter(community=community, recorded_at__lt=as_of)
    undone = known.filter(reverses=OuterRef("id")).order_by()
    rows = known.filter(
        person__in=person_ids, served_on__range=(since, until), reverses__isnull=True
    )
    return rows.filter(~Exists(undone)).order_by("served_on", "seq")


def settled_at(community: Organisation) -> datetime:
    """Now, with the community's chain held until the transaction ends.

    Everything recorded before this instant can be read, and nothing else will ever be: who is
    about to record waits and records later.
    """
    ChainHead.objects.bulk_create([ChainHead(community=community)], ignore_conflicts=True)
    ChainHead.objects.select_for_update(no_key=True).get(community=community)
    return clock.now()

"""How far along a member is with what they committed to: a view of their service records, which
nobody but they sees beside it."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries.commitments import items_of
from baodao.kernel.authz import Actor
from baodao.ledger.queries.places import own_records_on_shards
from baodao.ledger.queries.records import Totals, between, own_totals, standing
from baodao.series.queries.series import series_by_offer


class Progress(NamedTuple):
    """The services of the year so far, in all and of each that was ticked."""

    totals: Totals
    items: list[tuple[CommitmentItem, int]]


def progress_of(actor: Actor, commitment: Commitment) -> Progress:
    """That of the actor's own commitment."""
    first, last = date(commitment.year, 1, 1), date(commitment.year, 12, 31)
    records = standing(between(own_records_on_shards(actor), first, last)).exclude(offer_id=None)
    counted = records.order_by().values_list("offer_id").annotate(count=Count("id"))
    served = Counter(dict(counted))
    for offer_id, series in series_by_offer(list(served)).items():
        served[series.pk] += served[offer_id]
    rows = [(item, served[item.offer_id or item.series_id]) for item in items_of(commitment)]
    return Progress(own_totals(actor, first, last), rows)

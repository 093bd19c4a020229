"""The ends of chains: held by whoever writes records or fixes what they say, who asks here, once;
and how far they reach."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings

from baodao.kernel import clock
from baodao.ledger.models import ChainHead


def lock_heads(community_ids: Iterable[int]) -> dict[int, ChainHead]:
    """The heads of the chains of these communities, held until the transaction ends; made where
    there are none.

    All at once and in the order of their ids: two transactions that concern several chains wait in
    a line and not in a ring. A transaction calls it once with every chain that it concerns; once
    more with the same ones changes nothing.
    """
    ids = sorted(set(community_ids))
    heads = [ChainHead(community_id=key) for key in ids]
    ChainHead.objects.bulk_create(heads, ignore_conflicts=True)
    rows = ChainHead.objects.order_by("community_id").select_for_update(no_key=True)
    together = [[key] for key in ids] if settings.CLUSTER else [ids]
    return {
        head.community_id: head for part in together for head in rows.filter(community__in=part)
    }


def settled_at(community_ids: Iterable[int]) -> datetime:
    """Now, with the chains of these communities held until the transaction ends.

    Everything recorded there before this instant can be read, and nothing else will ever be: who
    is about to record waits and records later.
    """
    lock_heads(community_ids)
    return clock.now()


def chain_ends(community_ids: Collection[int]) -> dict[int, int]:
    """The number of the last record of each of these communities' chains; who has none is left
    out."""
    heads = ChainHead.objects.filter(community__in=community_ids)
    return dict(heads.values_list("community_id", "seq"))

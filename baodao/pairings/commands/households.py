"""Who is helped by pairings that are long over is forgotten."""

from collections.abc import Iterable

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.orgs.queries.policies import days_ago
from baodao.pairings.models import PairedHousehold
from baodao.residents.commands.entries import forget_entries


@command
def forget_households(actor: Actor) -> int:
    """Delete who was helped by pairings that ended long ago, unless somebody stands by them still;
    how many. Anybody may: what may be kept is not decided by who asks."""
    ended = PairedHousehold.objects.filter(
        offer__ended_at__lt=days_ago(KEPT_DAYS, "offer__community__path")
    )
    rows = list(ended.select_related("offer").order_by("pk"))
    gone = forget_entries({row.household_id for row in rows})
    over = [row for row in rows if row.household_id in gone]
    journal.write_many(actor, list(_forgotten(over)))
    return len(gone)


def _forgotten(rows: Iterable[PairedHousehold]) -> Iterable[journal.Act]:
    for row in rows:
        facts: dict[str, journal.Fact] = {"title": row.offer.title}
        yield journal.Act("household.forgotten", row.offer_id, row.offer.community_id, facts)

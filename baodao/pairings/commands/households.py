"""Who somebody stands by, sealed: written down, read in clear, forgotten."""

from collections.abc import Iterable
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.offers.models import Offer
from baodao.orgs.queries.policies import days_ago
from baodao.pairings.models import SealedHousehold
from baodao.pairings.queries.households import needed_above
from baodao.pairings.rules.pairings import HouseholdEntry, check_entry_complete


def write_household(
    actor: Actor, household_id: UUID, entry: HouseholdEntry, offer: Offer | None = None
) -> SealedHousehold:
    """Keep an entry, in place of what stood there before, for a slice that has checked who may;
    refused where it says not who it is or not what is hard."""
    check_entry_complete(entry)
    row = SealedHousehold(
        id=household_id, offer=offer, written_at=clock.now(), written_by=actor.name
    )
    for name in ("name", "phone", "address", "hardship"):
        setattr(row, name, getattr(entry, name).strip())
    row.save()
    return row


def entry_in(row: SealedHousehold | None) -> HouseholdEntry:
    """An entry in clear, for a command that has checked who may read it and writes that down.
    Refused where there is none."""
    if row is None:
        raise Refused(
            "pairing.unwritten",
            gettext_noop("It is not written down who is helped. The community knows."),
        )
    return HouseholdEntry(row.name, row.hardship, row.phone, row.address)


@command
def forget_households(actor: Actor) -> int:
    """Delete who was helped by pairings that ended long ago, unless somebody stands by them still;
    how many. Anybody may: what may be kept is not decided by who asks."""
    ended = SealedHousehold.objects.filter(
        offer__ended_at__lt=days_ago(KEPT_DAYS, "offer__community__path")
    ).exclude(pk__in=needed_above())
    rows = list(ended.select_related("offer").order_by("pk"))
    SealedHousehold.objects.filter(pk__in=[row.pk for row in rows]).delete()
    journal.write_many(actor, list(_forgotten(rows)))
    return len(rows)


def _forgotten(rows: Iterable[SealedHousehold]) -> Iterable[journal.Act]:
    for row in rows:
        if row.offer is not None:
            facts: dict[str, journal.Fact] = {"title": row.offer.title}
            yield journal.Act("household.forgotten", row.pk, row.offer.community_id, facts)


def forget(household_ids: Iterable[UUID]) -> None:
    """Delete entries that no pairing has, for the slice above that kept them and writes it down."""
    SealedHousehold.objects.filter(pk__in=list(household_ids), offer=None).delete()

"""结对帮扶登记表: every pairing of a community with who is helped and its visits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import SEATED
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.ledger.queries.records import record_rows, standing
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.pairings.models import SealedHousehold
from baodao.pairings.queries.pairings import pairings_in


@dataclass(frozen=True)
class PairingStory:
    """A pairing with its sealed entry, since when somebody helps, and its recorded visits."""

    pairing: Any
    household: SealedHousehold | None
    supporters: str
    paired_on: date | None
    visits: int


def stories_of(actor: Actor, community: Organisation) -> list[PairingStory]:
    """The pairings of a community for who may read its telephones, the latest first."""
    rows = within(pairings_in(actor, community), actor, Permission.PERSON_UNMASK, "community__path")
    pairings = list(rows.order_by("-published_at", "pk"))
    households = {row.pk: row for row in SealedHousehold.objects.filter(offer__in=pairings)}
    here = ids_below(community.path)
    ids = [row.pk for row in pairings]
    records = standing(record_rows()).filter(community__in=here, offer_id__in=ids)
    visits = Counter(records.order_by().values_list("offer_id", flat=True))
    supporting = _supporters(pairings)
    return [_story(row, households, visits[row.pk], supporting) for row in pairings]


def _story(
    pairing: Any,
    households: dict[Any, SealedHousehold],
    visits: int,
    supporting: dict[Any, tuple[str, date | None]],
) -> PairingStory:
    names, since = supporting.get(pairing.pk, ("", None))
    return PairingStory(pairing, households.get(pairing.pk), names, since, visits)


def _supporters(pairings: list[Any]) -> dict[Any, tuple[str, date | None]]:
    """Everybody who helps or helped in these pairings, by name, and since when the first of them
    did, by the pairing."""
    rows = claim_rows().filter(offer__in=pairings, seated_at__isnull=False)
    by_offer: dict[Any, tuple[str, date | None]] = {}
    for claim in rows.order_by("seated_at", "pk"):
        names, first = by_offer.get(claim.offer_id, ("", clock.day_of(claim.seated_at)))
        name = claim.claimant.name
        name = name if claim.state in SEATED else f"{name}（至{clock.day_of(claim.ended_at)}）"
        by_offer[claim.offer_id] = ("、".join(part for part in (names, name) if part), first)
    return by_offer

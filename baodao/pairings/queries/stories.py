"""结对帮扶登记表: every pairing of a community with who is helped and its visits."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import SERVING
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.ledger.queries.records import record_rows, standing
from baodao.offers.queries.offers import offers
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.pairings.models import PairedHousehold
from baodao.pairings.queries.pairings import pairings_in
from baodao.pairings.queries.visits import visits_of
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.files import HouseholdStory


@dataclass(frozen=True)
class Supporter:
    """Who helps by a pairing or helped, since when, and until when where it is over."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class PairingStory:
    """A pairing with its sealed entry, everybody who helps or helped, and its recorded visits."""

    pairing: Any
    household: SealedHousehold | None
    supporters: Sequence[Supporter]
    visits: int

    @property
    def paired_on(self) -> date | None:
        """Since when the first of them helped."""
        return self.supporters[0].since if self.supporters else None


def stories_of(actor: Actor, community: Organisation) -> list[PairingStory]:
    """The pairings of a community for who may read its telephones, the latest first."""
    rows = within(pairings_in(actor, community), actor, Permission.PERSON_UNMASK, "community__path")
    pairings = list(rows.order_by("-published_at", "pk"))
    paired = PairedHousehold.objects.filter(offer__in=pairings).select_related("household")
    households = {row.pk: row.household for row in paired}
    here = ids_below(community.path)
    ids = [row.pk for row in pairings]
    records = standing(record_rows()).filter(community__in=here, offer_id__in=ids)
    visits = Counter(records.order_by().values_list("offer_id", flat=True))
    supporters = _supporters(pairings)
    return [
        PairingStory(row, households.get(row.pk), supporters[row.pk], visits[row.pk])
        for row in pairings
    ]


def household_stories(actor: Actor, household: SealedHousehold) -> list[HouseholdStory]:
    """The pairings of a household and their recorded visits, as far as the actor reads them."""
    rows = offers(actor, Permission.OFFER_EDIT).filter(paired_household__household=household)
    lines = []
    for offer in rows:
        if offer.published_at is None:
            continue
        url = reverse("pairings:pairing", args=[offer.pk])
        since = clock.local(offer.published_at).date()
        words = gettext("Pairing: %(title)s") % {"title": offer.title}
        lines.append(HouseholdStory(since, words, url))
        for visit in visits_of(offer):
            words = gettext("Visit by %(name)s") % {"name": visit.name}
            lines.append(HouseholdStory(visit.on, words, url))
    return lines


def _supporters(pairings: list[Any]) -> dict[Any, list[Supporter]]:
    """Everybody who helps or helped in these pairings, the first of them first, by the pairing."""
    rows = claim_rows().filter(offer__in=pairings, seated_at__isnull=False)
    by_offer: dict[Any, list[Supporter]] = defaultdict(list)
    for claim in rows.order_by("seated_at", "pk"):
        since, until = clock.day_of(claim.seated_at), clock.day_of(claim.ended_at)
        if since:
            over = until if claim.state not in SERVING else None
            by_offer[claim.offer_id].append(Supporter(claim.claimant_name, since, over))
    return by_offer

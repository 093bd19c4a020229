"""The line before an offer: what is read while hundreds may be waiting.

In plain SQL, since building such a query takes ten times as long as running it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from baodao.claims.rules.lives import SEATED, ClaimState
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import kind_of
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import PROPOSALS, OfferState


@dataclass(frozen=True)
class OpenOffer:
    """An offer that may be claimed now; `path` is its community's. Claims of what a unit proposes
    wait for the community's word with it."""

    kind: OfferKind
    title: str
    places: int
    approval: bool
    starts_at: datetime | None
    ends_at: datetime | None
    community_id: int
    path: str


_LINE = """
    SELECT offer.approval OR EXISTS (
        SELECT FROM claims_claim claim WHERE claim.offer_id = offer.id AND claim.state = %s
    )
    FROM offers_offer offer WHERE offer.id = %s"""


def has_line(offer_id: UUID) -> bool:
    """Whether somebody waits for an offer already, so that who comes can only join them; a look
    without a lock. Claims that wait for approval are such a line too."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [ClaimState.WAITING, offer_id])
        row = cursor.fetchone()
    return row is not None and row[0]


_OPENING = """
    SELECT offer.kind, offer.title, offer.places, offer.approval OR offer.state = ANY(%s),
           offer.starts_at, offer.ends_at, community.id, community.path
    FROM offers_offer offer JOIN orgs_organisation community ON community.id = offer.community_id
    JOIN orgs_organisation organiser ON organiser.id = offer.organiser_id
    WHERE offer.id = %s AND (offer.starts_at IS NULL OR offer.starts_at > %s)
      AND (offer.state = %s OR offer.state = ANY(%s) AND starts_with(
          organiser.path, (SELECT path FROM orgs_organisation WHERE id = %s)))
    """


def locked_opening(offer_id: UUID, claimant_id: int, *, alone: bool) -> OpenOffer:
    """The offer for a claim of this branch, unit or team, its row locked until the transaction
    ends: `alone` to take a place, else beside others who join the line, while nobody takes or frees
    a place. Raises `Absent` for one that has begun, or is not published: what a unit proposes is
    open to that unit, or who took it over."""
    lock = "FOR NO KEY UPDATE OF offer" if alone else "FOR SHARE OF offer"
    with connection.cursor() as cursor:
        proposed, published = list(PROPOSALS), OfferState.PUBLISHED
        cursor.execute(
            _OPENING + lock,
            [proposed, offer_id, clock.now(), published, proposed, claimant_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise Absent("offer")
    kind, *facts = row
    return OpenOffer(kind_of(kind), *facts)


_STANDING = """
    SELECT coalesce(sum(places) FILTER (WHERE state = ANY(%s)), 0),
           count(*) FILTER (WHERE state = %s)
    FROM claims_claim WHERE offer_id = %s"""


def standing_of(offer_id: UUID) -> tuple[int, int]:
    """How many places of a locked offer are taken, and how many claims wait."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [list(SEATED), ClaimState.WAITING, offer_id])
        seated, waiting = cursor.fetchone()
    return seated, waiting

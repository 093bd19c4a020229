"""A member's own claims: what is ahead of them, and what is over."""

from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse

from baodao.claims.models import Claim
from baodao.claims.queries.claims import Claims, claim_rows, in_line
from baodao.claims.rules.lives import CLAIM, SERVING
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.scope import own
from baodao.ledger.queries.known import KnownService
from baodao.offers.queries.entries import minutes_of
from baodao.statements.queries.statements import standing_statements


def own_claims(actor: Actor) -> Claims:
    """The actor's live claims: what begins next first, posts after activities; with their
    `place_in_line` where they wait, and whether the actor `may_state` their service: the hours are
    over, and it is neither recorded nor stated."""
    mine = in_line(own(claim_rows(), actor).filter(state__in=CLAIM.live))
    stated = standing_statements().filter(offer_id=OuterRef("offer"), person=OuterRef("person"))
    over = Q(offer__ends_at__lte=clock.now(), state__in=SERVING, last_served=None)
    mine = mine.annotate(may_state=Case(When(over & ~Exists(stated), then=True), default=False))
    return mine.order_by(F("offer__starts_at").asc(nulls_last=True), "claimed_at", "pk")


def own_count(actor: Actor) -> int:
    """How many live claims the actor has."""
    return _OWN.count(actor)


_OWN = Prepared(
    lambda actor: own(claim_rows(), actor).filter(state__in=CLAIM.live).values_list("pk")
)


def past_claims(actor: Actor) -> Claims:
    """The actor's claims that have ended, the latest first."""
    mine = own(claim_rows(), actor).exclude(state__in=CLAIM.live)
    return mine.order_by(F("ended_at").desc(nulls_last=True), "-pk")


def own_claim(actor: Actor, claim_id: UUID) -> Claim:
    """One of the actor's own; raises `Absent`."""
    claim = own(claim_rows(), actor).filter(pk=claim_id).first()
    if claim is None:
        raise Absent("claim")
    return claim


def known(actor: Actor) -> list[KnownService]:
    """The actor's claims that are over, as services that are known."""
    return [
        KnownService(
            url=reverse("agenda:state", args=[row.pk]),
            title=row.offer.title,
            community=row.community.name,
            starts_at=row.offer.starts_at,
            minutes=minutes_of(row.offer),
        )
        for row in own_claims(actor).filter(Q(may_state=True))
        if row.offer.starts_at
    ]

"""What a member took on that is over and not recorded yet: they can state it with one tap."""

from django.db.models import Q
from django.urls import reverse

from baodao.agenda.queries.claims import own_claims
from baodao.kernel.authz import Actor
from baodao.ledger.queries.known import KnownService
from baodao.offers.queries.entries import minutes_of


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

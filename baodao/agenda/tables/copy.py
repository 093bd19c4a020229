"""A member's copy of what they claimed, in their language."""

from django.utils.translation import gettext

from baodao.agenda.queries.claims import own_claims, past_claims
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.ledger.queries.categories import Kinds
from baodao.offers.queries.words import kind_word

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Every claim, live or over, as a list of named values."""
    every_claim = [*own_claims(actor), *past_claims(actor)]
    called = Kinds()
    return {gettext("Claims"): [_row(claim, called) for claim in every_claim]}


def _row(claim: Claim, called: Kinds) -> Row:
    return {
        gettext("Offer"): claim.offer.title,
        gettext("Kind of offer"): kind_word(claim.offer.kind),
        gettext("Kind of service"): called.of(claim.offer),
        gettext("Community"): claim.community.name,
        gettext("State"): claim.outcome,
        gettext("Claimed at"): claim.claimed_at,
        gettext("Place held since"): claim.seated_at,
        gettext("Over since"): claim.ended_at,
        gettext("Reason"): claim.reason,
        gettext("Decided by"): claim.decided_by,
    }

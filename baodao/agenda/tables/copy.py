"""A member's copy of what they claimed, in their language."""

from django.utils.translation import gettext

from baodao.agenda.queries.claims import own_claims, past_claims
from baodao.claims.models import Claim
from baodao.kernel.authz import Actor
from baodao.offers.queries.words import category, kind_word

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Every claim, live or over, as a list of named values."""
    every_claim = [*own_claims(actor), *past_claims(actor)]
    return {gettext("Claims"): [_row(claim) for claim in every_claim]}


def _row(claim: Claim) -> Row:
    return {
        gettext("Offer"): claim.offer.title,
        gettext("Kind of offer"): kind_word(claim.offer.kind),
        gettext("Kind of service"): category(claim.offer),
        gettext("Community"): claim.community.name,
        gettext("State"): claim.get_state_display(),
        gettext("Claimed at"): claim.claimed_at,
        gettext("Place held since"): claim.seated_at,
        gettext("Over since"): claim.ended_at,
        gettext("Reason"): claim.reason,
        gettext("Decided by"): claim.decided_by,
    }

"""Offers on paper: the table of claims."""

from collections.abc import Sequence

from django.utils import translation

from baodao.claims.models import Claim
from baodao.claims.rules.papers import CLAIM_LIST
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_phone
from baodao.offers.queries.words import kind_word, when
from baodao.people.queries.members import unit_of


def claim_list(place: str, claims: Sequence[Claim], ending: str) -> Rendered:
    """认领登记表 of a community, a unit or one offer, telephones masked."""
    return render(CLAIM_LIST.code, [claim_list_item(place, claims)], ending)


def claim_list_item(place: str, claims: Sequence[Claim]) -> Item:
    """The claims in the order given, in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        rows = [_row(claim) for claim in claims]
    return {"organisation": place, "as_of": clock.today(), "rows": rows}


def _row(claim: Claim) -> dict[str, object]:
    offer = claim.offer
    return {
        "name": claim.claimant.name,
        "unit": unit_of(claim.branch).name,
        "phone": masked_phone(claim.person.phone) if claim.person else "",
        "offer": offer.title,
        "kind": kind_word(offer.kind),
        "when": when(offer),
        "place": offer.place,
        "claimed_on": clock.local(claim.claimed_at).date(),
        "state": claim.outcome,
        "remark": claim.servers,
    }

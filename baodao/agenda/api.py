"""What a unit or a branch may take on, over the API; it is then claimed as on their page. And one
offer, for whoever it is open to."""

from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.agenda.queries.parties import offers_to_party, readable_offer
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.offers.api.offers import OfferPage, OfferRow, offer_row
from baodao.offers.api.shapes import KindCode
from baodao.offers.queries.offers import with_particulars
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import ApiRequest, Code, Cursor, answers, page_of, reading

router = Router(tags=[gettext_noop("Offers")])


class SoughtOpenings(Schema):
    """For which unit or branch, and of which kind."""

    unit: Code = Field(description=gettext_noop("Code of the unit or branch."))
    kind: KindCode | None = None


@router.get(
    "/offers/open/",
    response=answers(OfferPage),
    summary=gettext_noop("Offers that a unit or a branch may take on"),
)
@reading(Permission.CLAIM_MAKE)
def openings(
    request: ApiRequest, sought: Query[SoughtOpenings], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of its partner community and within reach, the oldest first; of a full one it may wait."""
    rows = offers_to_party(request.actor, by_code(sought.unit))
    if sought.kind is not None:
        rows = rows.filter(kind=sought.kind)
    return page_of(with_particulars(rows), cursor, "id", offer_row)


@router.get(
    "/offers/{uuid:offer_id}/", response=answers(OfferRow), summary=gettext_noop("One offer")
)
@reading(Permission.OFFER_READ, Permission.CLAIM_MAKE)
def offer(request: ApiRequest, offer_id: UUID) -> OfferRow:
    """Of a community in scope, or one that a unit in scope may take on, has or organises."""
    return offer_row(readable_offer(request.actor, offer_id))

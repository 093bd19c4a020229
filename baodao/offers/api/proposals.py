"""What units want to organise, over the API: proposed by the unit, given back by the community."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.offers.api.offers import OfferPage, OfferRow, offer_row
from baodao.offers.commands import proposals as commands
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.offers import (
    counted,
    offer_of,
    organised,
    organised_one,
    with_particulars,
)
from baodao.offers.rules.offers import MOST_PLACES, OfferFacts
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import (
    NO_CONTROLS,
    ApiRequest,
    Code,
    Cursor,
    Hour,
    Keyword,
    Spot,
    Text,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Offers")])


class ToPropose(Schema):
    """What a unit wants to organise; whoever claims it has a place at once."""

    unit: Code = Field(description=gettext_noop("Code of the unit."))
    title: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NO_CONTROLS)]
    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    places: int = Field(
        ge=1, le=MOST_PLACES, description=gettext_noop("How many places there are.")
    )
    starts_at: Hour
    ends_at: Hour
    text: Text = ""
    place: Spot = ""
    specialties: Spot = ""
    bring: Spot = Field(default="", description=gettext_noop("What those who come bring along."))


class ProposalGivenBack(Schema):
    """The reason, which the unit reads."""

    reason: Words


@router.get(
    "/offers/organised/",
    response=answers(OfferPage),
    summary=gettext_noop("Offers that units organise"),
)
@reading(Permission.CLAIM_MAKE)
def organised_offers(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Of the units in scope, proposed ones and those given back too, the oldest first."""
    rows = counted(with_particulars(organised(request.actor)))
    return page_of(rows, cursor, "id", offer_row)


@router.post(
    "/offers/propose/",
    response=answers(OfferRow, writes=True),
    summary=gettext_noop("Propose an activity"),
)
@writing(Permission.CLAIM_MAKE)
def propose(request: ApiRequest, body: ToPropose) -> OfferRow:
    """The partner community accepts it or gives it back; members see it once it is accepted."""
    unit = by_code(body.unit)
    facts = OfferFacts(kind=usual_kind(), **body.model_dump(exclude={"unit"}))
    row = commands.propose(request.actor, unit_id=unit.pk, facts=facts)
    return offer_row(organised_one(request.actor, row.pk))


@router.post(
    "/offers/{uuid:offer_id}/give-back/",
    response=answers(OfferRow, writes=True),
    summary=gettext_noop("Give a proposed activity back"),
)
@writing(Permission.OFFER_EDIT)
def give_back(request: ApiRequest, offer_id: UUID, body: ProposalGivenBack) -> OfferRow:
    """To the unit that proposed it, with a reason; it puts it right and proposes it anew."""
    commands.return_to_unit(request.actor, offer_id=offer_id, reason=body.reason)
    return offer_row(offer_of(request.actor, offer_id, Permission.OFFER_EDIT))

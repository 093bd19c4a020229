"""Who came to an activity, over the API."""

from typing import Annotated
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.ledger.queries import records
from baodao.ledger.rules import DAY_MINUTES
from baodao.offers.api.offers import Offer, shown
from baodao.offers.commands.rolls import Came
from baodao.offers.commands.rolls import record_roll as record
from baodao.offers.queries.offers import offer_of
from baodao.people.queries.members import numbered
from baodao.ui.api import (
    MOST_ROWS,
    ApiRequest,
    Left,
    Person,
    VolunteerNumber,
    answers,
    left,
    writing,
)

router = Router(tags=[gettext_noop("Offers")])
CREATE = Permission.RECORD_CREATE


class Roll(Schema):
    """Who came, for how many minutes without travel, and which needs were met by it."""

    persons: Annotated[list[VolunteerNumber], Field(max_length=MOST_ROWS)] = Field(
        description=gettext_noop(
            "Who came. Those who had not claimed are registered in the community; to find them the "
            "token reads registrations too."
        )
    )
    minutes: int = Field(ge=1, le=DAY_MINUTES)
    met: Annotated[list[UUID], Field(max_length=MOST_ROWS)] = Field(
        default=[], description=gettext_noop("The needs that were met by it.")
    )
    more: bool = Field(
        default=False,
        description=gettext_noop("Others will be recorded later: the list stays open."),
    )


class Recorded(Schema):
    """The activity as it stands now, who was recorded, and who was not, with the reason."""

    offer: Offer
    came: list[Person]
    refused: list[Left]


@router.post(
    "/offers/{uuid:offer_id}/roll/",
    response=answers(Recorded, writes=True),
    summary=gettext_noop("Record who came"),
)
@writing(CREATE)
def record_roll(request: ApiRequest, offer_id: UUID, body: Roll) -> Recorded:
    """Service records of everybody named; without `more` the activity is over then."""
    persons = numbered(body.persons).values()
    came = Came(list(persons), body.minutes, body.met, body.more)
    batch = record(request.actor, offer_id=offer_id, came=came)
    offer = offer_of(request.actor, offer_id, CREATE)
    rows = records(request.actor, CREATE).filter(
        community=offer.community, id__in=[made.id for made in batch.done]
    )
    return Recorded(
        offer=shown(offer),
        came=[
            Person(number=row.person.number, name=row.person.name) for row in rows.order_by("seq")
        ],
        refused=left(batch.refused),
    )

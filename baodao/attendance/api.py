"""Who came and who served on a day, over the API."""

from typing import Annotated
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from baodao.attendance.commands import rolls
from baodao.attendance.commands.rolls import DayService, Turnout
from baodao.claims.queries.claims import claims
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import records
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.offers.api.offers import OfferRow, offer_row
from baodao.offers.queries.offers import offer_of
from baodao.people.queries.members import numbered
from baodao.ui.api import (
    MOST_ROWS,
    ApiRequest,
    Day,
    Left,
    PersonBrief,
    Remark,
    VolunteerNumber,
    answers,
    left,
    writing,
)

router = Router(tags=[gettext_noop("Offers")])
CREATE = Permission.RECORD_CREATE


class ToRecordRoll(Schema):
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


class ToRecordDay(Schema):
    """Who served in a post on a day, by their claims; the same for all of them."""

    claims: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ROWS)] = Field(
        description=gettext_noop("Claims of one post, each of somebody who holds it.")
    )
    on: Day
    minutes: int = Field(ge=1, le=DAY_MINUTES)
    result: Remark = ""


class RecordedServices(Schema):
    """The offer as it stands now, who was recorded, and who was not, with the reason."""

    offer: OfferRow
    came: list[PersonBrief]
    refused: list[Left]


@router.post(
    "/offers/{uuid:offer_id}/roll/",
    response=answers(RecordedServices, writes=True),
    summary=gettext_noop("Record who came"),
)
@writing(CREATE)
def record_roll(request: ApiRequest, offer_id: UUID, body: ToRecordRoll) -> RecordedServices:
    """Service records of everybody named; without `more` the activity is over then."""
    persons = numbered(body.persons).values()
    turnout = Turnout(list(persons), body.minutes, body.met, body.more)
    batch = rolls.record_roll(request.actor, offer_id=offer_id, turnout=turnout)
    return _recorded(request.actor, offer_id, batch)


@router.post(
    "/claims/served/",
    response=answers(RecordedServices, writes=True),
    summary=gettext_noop("Record a day in a post"),
)
@writing(CREATE)
def record_served(request: ApiRequest, body: ToRecordDay) -> RecordedServices:
    """Service records of members who hold one post; they go on serving in it."""
    service = DayService(body.on, body.minutes, body.result)
    batch = rolls.record_day(request.actor, claim_ids=body.claims, service=service)
    rows = claims(request.actor, CREATE).filter(pk__in=body.claims)
    return _recorded(request.actor, rows.values_list("offer", flat=True)[0], batch)


def _recorded(actor: Actor, offer_id: UUID, batch: Batch[ServiceRecord]) -> RecordedServices:
    offer = offer_of(actor, offer_id, CREATE)
    ids = [record.id for record in batch.done]
    rows = records(actor, CREATE).filter(offer_id=offer.pk, id__in=ids).order_by("seq")
    came = [PersonBrief(number=row.person.number, name=row.person.name) for row in rows]
    return RecordedServices(offer=offer_row(offer), came=came, refused=left(batch.refused))

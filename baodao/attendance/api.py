"""Who came and who served on a day, over the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.attendance.commands import effects as effect_commands
from baodao.attendance.commands import rolls
from baodao.attendance.commands.lines import note_lines
from baodao.attendance.commands.rolls import DayService, Turnout
from baodao.attendance.models import ActivityEffect
from baodao.attendance.queries.effects import effects as graded_effects
from baodao.attendance.queries.lines import code_of
from baodao.attendance.queries.rolls import list_to_keep, roll_of
from baodao.attendance.rules.check_ins import CheckSide, CheckWay, check_shown
from baodao.attendance.rules.effects import EffectGrade
from baodao.attendance.rules.lines import MOST_LINES, SpotLine
from baodao.claims.queries.claims import claims
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import records
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.offers.api.offers import OfferRow, offer_row
from baodao.offers.queries.offers import offer_of
from baodao.people.queries.members import numbered
from baodao.ui.api import (
    MOST_ROWS,
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Day,
    Hour,
    Left,
    Page,
    PersonBrief,
    Place,
    Remark,
    VolunteerNumber,
    Words,
    answers,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Offers")])
CREATE = Permission.RECORD_CREATE
MOST_AHEAD = 31 * 86_400
"""Seconds by which a clock may be wrong."""


class ToRecordMissed(Schema):
    """Who came, and for how many minutes without travel."""

    persons: Annotated[list[VolunteerNumber], Field(max_length=MOST_ROWS)] = Field(
        description=gettext_noop(
            "Who came. Those who had not claimed are registered in the community; to find them the "
            "token reads registrations too."
        )
    )
    minutes: int = Field(ge=1, le=DAY_MINUTES)


class ToRecordRoll(ToRecordMissed):
    """Who came, for how many minutes without travel, and which needs were met by it."""

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
    "/offers/{uuid:offer_id}/roll/missed/",
    response=answers(RecordedServices, writes=True),
    summary=gettext_noop("Add to a closed list who came after all"),
)
@writing(CREATE)
def record_missed(request: ApiRequest, offer_id: UUID, body: ToRecordMissed) -> RecordedServices:
    """Service records of those named; everything else stays as it was closed."""
    persons = list(numbered(body.persons).values())
    batch = rolls.record_missed(
        request.actor, offer_id=offer_id, person_ids=persons, minutes=body.minutes
    )
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


class RowOfList(Schema):
    """Somebody who may come, and the code that stands beside them on paper and on a phone."""

    person: PersonBrief
    code: Code
    waiting: bool


class ListAlong(Schema):
    """Who may come to an activity, as its list is taken along."""

    rows: list[RowOfList]


class LineAlong(Schema):
    """That somebody came or went, as it was written down on the spot."""

    id: UUID = Field(description=gettext_noop("Made where it was written, and the same each time."))
    side: CheckSide
    at: Hour = Field(description=gettext_noop("What the clock said there."))
    ahead: int = Field(
        default=0,
        ge=-MOST_AHEAD,
        le=MOST_AHEAD,
        description=gettext_noop("By how many seconds that clock is fast."),
    )


class LineByCode(LineAlong):
    """Of somebody on the list, by the code of their row."""

    code: Code


class LineByName(LineAlong):
    """Of somebody who came without claiming."""

    name: Words
    tail: Code = Field(
        description=gettext_noop("The last four characters of telephone or volunteer number.")
    )


class ToDeliverLines(Schema):
    """What was written down on the spot, in any order."""

    lines: Annotated[list[LineByCode | LineByName], Field(min_length=1, max_length=MOST_LINES)]


class DeliveredLines(Schema):
    """Which lines are written down, and which are not, with the reason; both by their ids."""

    taken: list[UUID]
    refused: list[Left]


@router.get(
    "/offers/{uuid:offer_id}/list/",
    response=answers(ListAlong),
    summary=gettext_noop("Take the list of an activity along"),
)
@reading(CREATE)
def list_along(request: ApiRequest, offer_id: UUID) -> ListAlong:
    """Who has a place or waits for one and is not recorded yet, with the codes of the rows."""
    offer = list_to_keep(request.actor, offer_id)
    try:
        check_shown(offer.kind, offer.state)
    except Refused as refused:
        raise Absent("list") from refused
    rows = [
        RowOfList(
            person=PersonBrief(number=seat.person.number, name=seat.person.name),
            code=code_of(offer, seat),
            waiting=seat.claim.state == ClaimState.WAITING,
        )
        for seat in roll_of(offer).comers
    ]
    return ListAlong(rows=rows)


@router.post(
    "/offers/{uuid:offer_id}/lines/",
    response=answers(DeliveredLines, writes=True),
    summary=gettext_noop("Deliver a list that was kept on the spot"),
)
@writing(CREATE)
def deliver_lines(request: ApiRequest, offer_id: UUID, body: ToDeliverLines) -> DeliveredLines:
    """Arrivals and departures; late, twice and in any order they end in the same list."""
    lines = [_line_of(line) for line in body.lines]
    batch = note_lines(request.actor, offer_id=offer_id, lines=lines, way=CheckWay.PHONE)
    refused = {label for label, _ in batch.refused}
    taken = [line.id for line in lines if line.label not in refused]
    return DeliveredLines(taken=taken, refused=left(batch.refused))


class EffectRow(Schema):
    """How well an activity worked, as its community sees it now."""

    id: UUID
    offer: UUID
    title: str
    community: Place
    grade: EffectGrade
    graded_by: str
    since: datetime
    reason: str = Field(description=gettext_noop("Why it was changed; empty for the first grade."))


class EffectPage(Page[EffectRow]):
    """Some rows of a list, in an order that does not change."""


class GradeOfActivity(Schema):
    """The effect of one activity that is over."""

    offer: UUID
    grade: EffectGrade


class ToGradeEffects(Schema):
    """How well activities worked; what has a grade already is changed only with a reason."""

    grades: Annotated[list[GradeOfActivity], Field(min_length=1, max_length=MOST_ROWS)]
    reason: Remark = ""


class EffectAnswers(BatchAnswer[EffectRow]):
    """What is graded, and which activities are not, with the reason."""


def _effect(row: ActivityEffect) -> EffectRow:
    facts = {"offer": row.offer_id, "title": row.offer.title, "community": row.offer.community}
    same = EffectRow.model_fields.keys() - facts
    values = facts | {name: getattr(row, name) for name in same}
    return EffectRow.model_validate(values, from_attributes=True)


@router.get(
    "/offers/effects/",
    response=answers(EffectPage),
    summary=gettext_noop("Effects of activities"),
)
@reading(Permission.RECORD_READ)
def effects(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Of activities in communities, or with members of units, whose services you read."""
    return page_of(graded_effects(request.actor), cursor, "id", _effect)


@router.post(
    "/offers/effects/",
    response=answers(EffectAnswers, writes=True),
    summary=gettext_noop("Grade the effects of activities"),
)
@writing(CREATE)
def grade_effects(request: ApiRequest, body: ToGradeEffects) -> EffectAnswers:
    """Of activities that took place in your community, once somebody who came is recorded."""
    grades = {one.offer: one.grade for one in body.grades}
    batch = effect_commands.grade_effects(request.actor, grades=grades, reason=body.reason)
    return EffectAnswers(done=[_effect(row) for row in batch.done], refused=left(batch.refused))


def _line_of(line: LineByCode | LineByName) -> SpotLine:
    who = line.model_dump(include={"code", "name", "tail"})
    at = int(line.at.timestamp())
    return SpotLine(line.id, line.side, at, line.ahead, label=str(line.id), **who)

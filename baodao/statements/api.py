"""Service records over the API: with their reversals, entering, and members' statements."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import gettext_noop
from baodao.ledger.commands import corrections
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries import records as queries
from baodao.ledger.queries.categories import kinds_in
from baodao.ledger.rules.records import DAY_MINUTES, Entry, Origin, Way
from baodao.orgs.queries.tree import below, by_code
from baodao.people.queries.members import numbered
from baodao.statements import models
from baodao.statements.commands import entries
from baodao.statements.commands.statements import confirm_statements, return_statement
from baodao.statements.queries.statements import statements as statement_rows
from baodao.statements.rules.statements import StatementState
from baodao.ui.api import (
    MOST_ROWS,
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Day,
    Hour,
    Keyword,
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

router = Router(tags=[gettext_noop("Service records")])


class Record(Schema):
    """One service as it was recorded, or the reversal of one: with both, sums are right."""

    id: UUID
    person: PersonBrief
    community: Place
    served_on: date
    began_at: datetime | None
    ended_at: datetime | None
    minutes: int = Field(description=gettext_noop("Without travel; negative in a reversal."))
    category: str = Field(description=gettext_noop("Code of the kind of service."))
    way: Way
    place: str = Field(description=gettext_noop("Empty to all but its community."))
    result: str = Field(description=gettext_noop("Empty to all but its community."))
    offer: UUID | None
    title: str = Field(description=gettext_noop("What the offer was called."))
    origin: Origin = Field(description=gettext_noop("How it came in."))
    recorded_at: datetime
    reverses: UUID | None = Field(description=gettext_noop("The record that this one undoes."))
    supersedes: UUID | None = Field(
        description=gettext_noop("The reversed record that this one takes the place of.")
    )
    reversed: bool = Field(description=gettext_noop("Undone by another record; counts no more."))
    reason: str = Field(description=gettext_noop("Why it reverses or corrects another."))


class RecordPage(Page[Record]):
    """Some rows of a list, in an order that does not change."""


class SoughtRecords(Schema):
    """Which records."""

    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))
    unit: Code | None = Field(
        default=None, description=gettext_noop("Code of the unit or branch, with all below it.")
    )
    person: VolunteerNumber | None = Field(
        default=None, description=gettext_noop("Volunteer number.")
    )
    since: Day | None = Field(default=None, description=gettext_noop("First day of service."))
    until: Day | None = Field(default=None, description=gettext_noop("Last day of service."))
    origin: Origin | None = Field(default=None, description=gettext_noop("How it came in."))


class Service(Schema):
    """One service of one member."""

    person: VolunteerNumber = Field(description=gettext_noop("Volunteer number."))
    served_on: Day
    minutes: int = Field(ge=1, le=DAY_MINUTES, description=gettext_noop("Without travel."))
    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    way: Way
    began_at: Hour | None = Field(
        default=None, description=gettext_noop("The hour, when it is known.")
    )
    place: Remark = ""
    result: Remark = ""
    long_ago: bool = Field(
        default=False,
        description=gettext_noop("Say that the day is right where it is more than a year ago."),
    )


class ToEnter(Schema):
    """Services in one community, as its worker enters them at the window."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    services: Annotated[list[Service], Field(min_length=1, max_length=MOST_ROWS)]


class Entered(BatchAnswer[Record]):
    """A batch: what could be recorded is recorded, the others are named with the reason."""


class ToReverse(Schema):
    """The reason, which the member reads."""

    reason: Words


class StatementFacts(Schema):
    """What a member says they did, which waits for the community's word or has it."""

    id: UUID
    state: StatementState = Field(description=gettext_noop("How it stands."))
    person: PersonBrief
    community: Place
    served_on: date
    began_at: datetime | None
    minutes: int = Field(description=gettext_noop("Without travel."))
    category: str = Field(description=gettext_noop("Code of the kind of service."))
    way: Way
    place: str
    result: str
    stated_at: datetime
    reason: str = Field(description=gettext_noop("Why it was returned."))
    record: UUID | None = Field(description=gettext_noop("The record it became."))


class StatementPage(Page[StatementFacts]):
    """Some rows of a list, in an order that does not change."""


class SoughtStatements(Schema):
    """Which statements."""

    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))


class ToConfirm(Schema):
    """Which statements become records."""

    statements: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ROWS)]


class ConfirmedStatements(BatchAnswer[StatementFacts]):
    """A batch: what could be confirmed is, the others are named with the reason."""


class ToGiveBack(Schema):
    """The reason, which the member reads before putting it right."""

    reason: Words


def _record(row: ServiceRecord, *, undone: bool) -> Record:
    return Record(
        id=row.id,
        person=PersonBrief(number=row.person.number, name=row.person.name),
        community=Place(code=row.community.code, name=row.community.name),
        served_on=row.served_on,
        began_at=row.began_at,
        ended_at=row.ended_at,
        minutes=row.minutes,
        category=row.category,
        way=Way(row.way),
        place=row.place,
        result=row.result,
        offer=row.offer_id,
        title=row.offer_title,
        origin=Origin(row.origin),
        recorded_at=row.recorded_at,
        reverses=row.reverses,
        supersedes=row.supersedes,
        reversed=undone,
        reason=row.reason,
    )


def _marked_for(actor: Actor) -> Callable[[Any], Record]:
    """How this reader sees a row of `queries.marked`."""
    return lambda row: _record(queries.in_view(actor, row), undone=row.undone)


def _stated(row: models.Statement) -> StatementFacts:
    return StatementFacts(
        id=row.pk,
        state=StatementState(row.state),
        person=PersonBrief(number=row.person.number, name=row.person.name),
        community=Place(code=row.community.code, name=row.community.name),
        served_on=row.served_on,
        began_at=row.began_at,
        minutes=row.minutes,
        category=row.category,
        way=Way(row.way),
        place=row.place,
        result=row.result,
        stated_at=row.stated_at,
        reason=row.reason,
        record=row.record_id,
    )


class KindOfService(Schema):
    """A kind of service that may be chosen."""

    code: str
    name: str


class KindsOfService(Schema):
    """The kinds of service in force at an organisation, in the order of its dictionary."""

    organisation: Place
    kinds: list[KindOfService]


@router.get(
    "/organisations/{code}/categories/",
    response=answers(KindsOfService),
    summary=gettext_noop("Kinds of service at an organisation"),
)
def categories(request: ApiRequest, code: Code) -> KindsOfService:  # noqa: ARG001 - for all to read
    """What `category` may be in the needs, offers and services of a place."""
    place = by_code(code)
    kinds = [KindOfService(code=one, name=name) for one, name in kinds_in(place)]
    return KindsOfService(organisation=Place.model_validate(place), kinds=kinds)


@router.get(
    "/records/", response=answers(RecordPage), summary=gettext_noop("Service records in scope")
)
@reading(Permission.RECORD_READ)
def records(
    request: ApiRequest, sought: Query[SoughtRecords], cursor: Query[Cursor]
) -> dict[str, object]:
    """What was done in a community, and what a unit's members did anywhere; reversals too."""
    rows = queries.between(queries.records(request.actor), sought.since, sought.until)
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    if sought.unit is not None:
        rows = rows.filter(branch__in=below(by_code(sought.unit)))
    if sought.person is not None:
        rows = rows.filter(person__number=sought.person)
    if sought.origin is not None:
        rows = rows.filter(origin=sought.origin)
    return page_of(queries.marked(rows), cursor, "id", _marked_for(request.actor))


@router.get(
    "/records/{code}/{uuid:record_id}/",
    response=answers(Record),
    summary=gettext_noop("One service record"),
)
@reading(Permission.RECORD_READ)
def record(request: ApiRequest, code: Code, record_id: UUID) -> Record:
    """By the code of its community and its id; absent outside the scope."""
    community = by_code(code)
    row = queries.record_of(request.actor, Permission.RECORD_READ, community.pk, record_id)
    undone = queries.reversal_of(row) is not None
    return _record(queries.in_view(request.actor, row), undone=undone)


@router.post(
    "/records/", response=answers(Entered, writes=True), summary=gettext_noop("Record services")
)
@writing(Permission.RECORD_CREATE)
def enter(request: ApiRequest, body: ToEnter) -> Entered:
    """Of members by the numbers they told; each of them is told what was recorded."""
    community = by_code(body.community)
    numbers = numbered([one.person for one in body.services])
    batch = entries.enter(
        request.actor,
        community_id=community.pk,
        entries=[_entry(one, numbers[one.person]) for one in body.services],
        numbers=list(numbers),
    )
    recorded = queries.records(request.actor, Permission.RECORD_CREATE).filter(
        community=community, id__in=[row.id for row in batch.done]
    )
    done = [_record(row, undone=False) for row in recorded.order_by("seq")]
    return Entered(done=done, refused=left(batch.refused))


def _entry(service: Service, person_id: UUID) -> Entry:
    return Entry(person_id, **service.model_dump(exclude={"person"}))


@router.post(
    "/records/{code}/{uuid:record_id}/reverse/",
    response=answers(Record, writes=True),
    summary=gettext_noop("Reverse a service record"),
)
@writing(Permission.RECORD_REVERSE)
def reverse(request: ApiRequest, code: Code, record_id: UUID, body: ToReverse) -> Record:
    """Nothing is deleted: the answer is the record that undoes it, and the member is told."""
    undone = corrections.reverse(
        request.actor, community_id=by_code(code).pk, record_id=record_id, reason=body.reason
    )
    return _record(undone, undone=False)


@router.get(
    "/statements/",
    response=answers(StatementPage),
    summary=gettext_noop("Statements that wait"),
)
@reading(Permission.RECORD_CONFIRM)
def statements(
    request: ApiRequest, sought: Query[SoughtStatements], cursor: Query[Cursor]
) -> dict[str, object]:
    """What members said they did and no community has confirmed or returned yet."""
    rows = statement_rows(request.actor).filter(state=StatementState.WAITING)
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    return page_of(rows, cursor, "id", _stated)


@router.post(
    "/statements/confirm/",
    response=answers(ConfirmedStatements, writes=True),
    summary=gettext_noop("Confirm statements"),
)
@writing(Permission.RECORD_CONFIRM)
def confirm(request: ApiRequest, body: ToConfirm) -> ConfirmedStatements:
    """Each becomes a record; what cannot be recorded is named and keeps waiting."""
    batch = confirm_statements(request.actor, statement_ids=body.statements)
    return ConfirmedStatements(
        done=[_stated(row) for row in batch.done], refused=left(batch.refused)
    )


@router.post(
    "/statements/{uuid:statement_id}/return/",
    response=answers(StatementFacts, writes=True),
    summary=gettext_noop("Return a statement"),
)
@writing(Permission.RECORD_CONFIRM)
def give_back(request: ApiRequest, statement_id: UUID, body: ToGiveBack) -> StatementFacts:
    """With the reason; the member may put it right and state it again."""
    row = return_statement(request.actor, statement_id=statement_id, reason=body.reason)
    return _stated(row)

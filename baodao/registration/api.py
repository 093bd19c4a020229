"""Registration over the API: reading in scope, and the acts of units and communities."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code
from baodao.people.queries.members import members_numbered, unit_of
from baodao.registration import models
from baodao.registration.commands import arrivals, departures, letters, placements, presentations
from baodao.registration.queries.registrations import past_registrations, story_of
from baodao.registration.queries.registrations import registrations as in_scope
from baodao.registration.rules.states import EndReason, State
from baodao.ui.api import (
    BEFORE,
    MOST_ROWS,
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Day,
    Page,
    PersonBrief,
    Place,
    VolunteerNumber,
    Words,
    answers,
    check_unchanged,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Registration")])


class RegistrationItem(Schema):
    """One member's way into one community, from the letter to its end."""

    id: UUID
    state: State = Field(description=gettext_noop("How it stands."))
    person: PersonBrief
    unit: Place
    branch: Place
    community: Place
    letter: str = Field(description=gettext_noop("Number of the letter of introduction."))
    issued_at: datetime
    as_group: bool = Field(description=gettext_noop("Presented by the unit with others."))
    submitted_at: datetime | None
    accepted_at: datetime | None
    receipt: str | None = Field(description=gettext_noop("Number of the receipt."))
    returned_reason: str
    grid: Place | None
    team: Place | None
    ended_on: date | None
    ended_reason: EndReason | None


class RegistrationPage(Page[RegistrationItem]):
    """Some rows of a list, in an order that does not change."""


class HistoryItem(Schema):
    """One thing that happened to a registration, in the reader's language."""

    at: datetime
    who: str
    sentence: str
    reason: str


class History(Schema):
    """Everything that happened, oldest first."""

    items: list[HistoryItem]


class RegistrationBatch(BatchAnswer[RegistrationItem]):
    """A batch: whoever could be done is done, the others are named with the reason."""


class SoughtRegistrations(Schema):
    """Which registrations."""

    state: State | None = Field(default=None, description=gettext_noop("How it stands."))
    community: Code | None = Field(
        default=None, description=gettext_noop("Code of the community reported to.")
    )
    unit: Code | None = Field(
        default=None, description=gettext_noop("Code of the unit or branch, with all below it.")
    )
    person: VolunteerNumber | None = Field(
        default=None, description=gettext_noop("Volunteer number.")
    )
    past: bool = Field(
        default=False,
        description=gettext_noop("Those whose relation to you is over, as they were then."),
    )


class ToIssue(Schema):
    """Who gets a letter, and to which community."""

    persons: Annotated[list[VolunteerNumber], Field(min_length=1, max_length=MOST_ROWS)]
    community: Code | None = Field(
        default=None,
        description=gettext_noop("Code of the community; empty: where the unit's setting says."),
    )


class RegistrationChoice(Schema):
    """Which registrations an act is for."""

    registrations: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ROWS)]


class ReasonBody(Schema):
    """The reason, which the member and the other side read."""

    reason: Words


class Placement(Schema):
    """Grid and team of the community; both are named, null is out of it."""

    grid: Code | None
    team: Code | None


class ToPlace(Placement):
    """Grid and team from now on, and as they were read before."""

    before: Placement = Field(description=BEFORE)


class RegistrationEnd(Schema):
    """Why and on which day it ended: not before the acceptance, not after today."""

    reason: EndReason
    ended_on: Day


def _place(row: Organisation | None) -> Place | None:
    return Place(code=row.code, name=row.name) if row else None


def _placement(row: models.Registration) -> Placement:
    return Placement(
        grid=row.grid.code if row.grid else None, team=row.team.code if row.team else None
    )


def _item(row: models.Registration) -> RegistrationItem:
    unit, letter = unit_of(row.branch), row.letter
    return RegistrationItem(
        id=row.pk,
        state=State(row.state),
        person=PersonBrief(number=row.person.number, name=row.person.name),
        unit=Place(code=unit.code, name=unit.name),
        branch=Place(code=row.branch.code, name=row.branch.name),
        community=Place(code=row.community.code, name=row.community.name),
        letter=letter.number_text,
        issued_at=letter.issued_at,
        as_group=row.as_group,
        submitted_at=row.submitted_at,
        accepted_at=row.accepted_at,
        receipt=row.receipt_text or None,
        returned_reason=row.returned_reason,
        grid=_place(row.grid),
        team=_place(row.team),
        ended_on=row.ended_on,
        ended_reason=EndReason(row.ended_reason) if row.ended_reason else None,
    )


def _outcome(batch: Batch[models.Registration]) -> RegistrationBatch:
    return RegistrationBatch(done=[_item(row) for row in batch.done], refused=left(batch.refused))


@router.get(
    "/registrations/",
    response=answers(RegistrationPage),
    summary=gettext_noop("Registrations in scope"),
)
@reading(Permission.REGISTRATION_READ)
def registrations(
    request: ApiRequest, sought: Query[SoughtRegistrations], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of present members, or of who waits or stands in a community; with `past` what is over."""
    rows = past_registrations(request.actor) if sought.past else in_scope(request.actor)
    if sought.state is not None:
        rows = rows.filter(**{"state_then" if sought.past else "state": sought.state})
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    if sought.unit is not None:
        rows = rows.filter(branch__path__startswith=by_code(sought.unit).path)
    if sought.person is not None:
        rows = rows.filter(person__number=sought.person)
    return page_of(rows, cursor, "id", lambda row: _item(row.outline))


@router.get(
    "/registrations/{uuid:registration_id}/",
    response=answers(RegistrationItem),
    summary=gettext_noop("One registration"),
)
@reading(Permission.REGISTRATION_READ)
def registration(request: ApiRequest, registration_id: UUID) -> RegistrationItem:
    """Absent outside the scope, as if it did not exist."""
    return _item(_row(request, registration_id).outline)


@router.get(
    "/registrations/{uuid:registration_id}/timeline/",
    response=answers(History),
    summary=gettext_noop("What happened to a registration"),
)
@reading(Permission.REGISTRATION_READ)
def timeline(request: ApiRequest, registration_id: UUID) -> History:
    """Who did what and when, as the pages tell it."""
    items = story_of(_row(request, registration_id))
    return History(items=[HistoryItem(**vars(item)) for item in items])


def _row(request: ApiRequest, registration_id: UUID) -> models.Registration:
    """The row, if it is or was in the actor's scope."""
    for rows in (in_scope(request.actor), past_registrations(request.actor)):
        row = rows.filter(pk=registration_id).first()
        if row is not None:
            return row
    raise Absent("registration")


@router.post(
    "/letters/",
    response=answers(RegistrationBatch, writes=True),
    summary=gettext_noop("Issue letters of introduction"),
)
@writing(Permission.LETTER_ISSUE)
def issue(request: ApiRequest, body: ToIssue) -> RegistrationBatch:
    """A numbered letter for each member in service; the others are named with the reason."""
    numbers = members_numbered(request.actor, Permission.LETTER_ISSUE, body.persons)
    community = by_code(body.community).pk if body.community else None
    persons = list(numbers.values())
    return _outcome(
        letters.issue_letters(request.actor, person_ids=persons, community_id=community)
    )


@router.post(
    "/registrations/present/",
    response=answers(RegistrationBatch, writes=True),
    summary=gettext_noop("Present letters as a group"),
)
@writing(Permission.REGISTRATION_PRESENT)
def present(request: ApiRequest, body: RegistrationChoice) -> RegistrationBatch:
    """The unit puts many letters before their communities, each of which is told once."""
    return _outcome(presentations.present_group(request.actor, registration_ids=body.registrations))


@router.post(
    "/registrations/accept/",
    response=answers(RegistrationBatch, writes=True),
    summary=gettext_noop("Receive members"),
)
@writing(Permission.REGISTRATION_ACCEPT)
def accept(request: ApiRequest, body: RegistrationChoice) -> RegistrationBatch:
    """Numbered receipts, which reach the member and the unit by themselves."""
    return _outcome(arrivals.accept(request.actor, registration_ids=body.registrations))


@router.post(
    "/registrations/{uuid:registration_id}/return/",
    response=answers(RegistrationItem, writes=True),
    summary=gettext_noop("Return a letter"),
)
@writing(Permission.REGISTRATION_ACCEPT)
def give_back(request: ApiRequest, registration_id: UUID, body: ReasonBody) -> RegistrationItem:
    """With the reason; it may be presented again."""
    row = arrivals.return_to_member(
        request.actor, registration_id=registration_id, reason=body.reason
    )
    return _item(row)


@router.post(
    "/registrations/{uuid:registration_id}/place/",
    response=answers(RegistrationItem, writes=True),
    summary=gettext_noop("Place a member in grid and team"),
)
@writing(Permission.REGISTRATION_PLACE)
def place(request: ApiRequest, registration_id: UUID, body: ToPlace) -> RegistrationItem:
    """Of the community that received them."""
    there = lock(in_scope(request.actor, Permission.REGISTRATION_PLACE), registration_id)
    check_unchanged(body.before, _placement(there))
    row = placements.place(
        request.actor,
        registration_id=registration_id,
        grid_id=by_code(body.grid).pk if body.grid else None,
        team_id=by_code(body.team).pk if body.team else None,
    )
    return _item(row)


@router.post(
    "/registrations/{uuid:registration_id}/end/",
    response=answers(RegistrationItem, writes=True),
    summary=gettext_noop("End a registration"),
)
@writing(Permission.REGISTRATION_END)
def end(request: ApiRequest, registration_id: UUID, body: RegistrationEnd) -> RegistrationItem:
    """By the unit or the community; the other side is told. For a move there is the transfer."""
    row = departures.end(
        request.actor,
        registration_id=registration_id,
        reason=body.reason,
        ended_on=body.ended_on,
    )
    return _item(row)


@router.post(
    "/registrations/{uuid:registration_id}/withdraw/",
    response=answers(RegistrationItem, writes=True),
    summary=gettext_noop("Withdraw a letter"),
)
@writing(Permission.REGISTRATION_WITHDRAW)
def withdraw(request: ApiRequest, registration_id: UUID, body: ReasonBody) -> RegistrationItem:
    """By the unit, before the community has received the member; the number stays used."""
    row = departures.withdraw(request.actor, registration_id=registration_id, reason=body.reason)
    return _item(row)

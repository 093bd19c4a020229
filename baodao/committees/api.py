"""Committees over the API: who is in them, meetings with items and decisions, who came; minutes are
written and issued on the page."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router, Schema
from pydantic import Field

from baodao.committees.commands import meetings as commands
from baodao.committees.queries.committees import (
    committees_in,
    meeting_of,
    meetings,
    meetings_around,
    members_on,
)
from baodao.committees.rules.committees import (
    MOST_ITEMS,
    CommitteeKind,
    MeetingFacts,
    MeetingState,
)
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.problems.api import ProblemTaskRow, ToDivide, task_row
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Hour,
    Ids,
    Page,
    Place,
    Spot,
    Text,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Committees")])


class CommitteeMemberRow(Schema):
    """Who is in a committee: an organisation, one that is only named, or a person."""

    organisation: Place | None
    name: str
    person: str
    office: str
    since: date
    until: date | None


class CommitteeRow(Schema):
    """A committee, with who is in it today."""

    id: UUID
    place: Place
    kind: CommitteeKind
    name: str
    founded_at: datetime
    ended_at: datetime | None
    members: list[CommitteeMemberRow]


class CommitteePage(Page[CommitteeRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtCommittees(Schema):
    """Of which community or street."""

    community: Code


class BusinessRow(Schema):
    """An item of business: what it is about, what was decided, and the tasks that follow."""

    id: UUID
    position: int
    text: str
    decision: str
    problem: UUID | None = Field(description=gettext_noop("The problem that it is about."))
    tasks: list[ProblemTaskRow]


class InviteeRow(Schema):
    """Who is invited, by the name of that day."""

    id: UUID
    name: str
    came: bool | None = Field(description=gettext_noop("Empty until it is written down."))


class MeetingRow(Schema):
    """A meeting of a committee."""

    id: UUID
    committee: UUID
    committee_name: str
    place: Place
    starts_at: datetime
    spot: str
    state: MeetingState
    business: list[BusinessRow]
    invitees: list[InviteeRow]


class MeetingPage(Page[MeetingRow]):
    """Some rows of a list, in an order that does not change."""


class ToMeet(Schema):
    """When, where and about what a committee meets."""

    starts_at: Hour
    spot: Spot
    business: Annotated[list[Words], Field(min_length=1, max_length=MOST_ITEMS)]

    def facts(self) -> MeetingFacts:
        """As the commands take it."""
        return MeetingFacts(self.starts_at, self.spot, tuple(self.business))


class ToAttend(Schema):
    """Who came of those who were invited."""

    came: Ids


class ToResolve(Schema):
    """What a meeting decided."""

    words: Text


def _committee(row: Any) -> CommitteeRow:
    kept = CommitteeRow.model_fields.keys() - {"members"}
    facts = {name: getattr(row, name) for name in kept}
    return CommitteeRow.model_validate(facts | {"members": list(members_on(row, clock.today()))})


def _whole(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The meetings with all that a row says of them."""
    items = "items__decision_tasks__task__owner"
    return rows.select_related("place").prefetch_related("invitees", items)


def _meeting(row: Any) -> MeetingRow:
    facts = {
        name: getattr(row, name)
        for name in MeetingRow.model_fields.keys() - {"committee", "business", "invitees"}
    }
    facts |= {
        "committee": row.committee_id,
        "business": [_item(item) for item in sorted(row.items.all(), key=lambda one: one.position)],
        "invitees": sorted(row.invitees.all(), key=lambda one: str(one.pk)),
    }
    return MeetingRow.model_validate(facts)


def _item(item: Any) -> BusinessRow:
    tasks = [task_row(one.task) for one in item.decision_tasks.all()]
    facts = {name: getattr(item, name) for name in ("id", "position", "text", "decision")}
    return BusinessRow.model_validate(facts | {"problem": item.problem_id, "tasks": tasks})


def _one(request: ApiRequest, meeting_id: UUID) -> MeetingRow:
    return _meeting(meeting_of(_whole(meetings(request.actor)), meeting_id))


@router.get("/committees/", response=answers(CommitteePage), summary=gettext_noop("Committees"))
@reading(Permission.PROBLEM_READ)
def committees(
    request: ApiRequest, sought: Query[SoughtCommittees], cursor: Query[Cursor]
) -> dict[str, object]:
    """区域党委、大党委、联席会议 of a community or a street and below, the oldest first."""
    rows = committees_in(request.actor, by_code(sought.community))
    return page_of(rows, cursor, "id", _committee)


@router.get(
    "/committees/meetings/",
    response=answers(MeetingPage),
    summary=gettext_noop("Meetings of committees"),
)
@reading(Permission.PROBLEM_READ)
def meetings_of_place(
    request: ApiRequest, sought: Query[SoughtCommittees], cursor: Query[Cursor]
) -> dict[str, object]:
    """会议 of the committees of a place and below, and those to which it was invited."""
    rows = _whole(meetings_around(request.actor, by_code(sought.community)))
    return page_of(rows, cursor, "id", _meeting)


@router.post(
    "/committees/{uuid:committee_id}/meetings/",
    response=answers(MeetingRow, writes=True),
    summary=gettext_noop("Call a meeting"),
)
@writing(Permission.PROBLEM_EDIT)
def call(request: ApiRequest, committee_id: UUID, body: ToMeet) -> MeetingRow:
    """召集会议: every member organisation is told when, where and about what."""
    row = commands.call_meeting(request.actor, committee_id=committee_id, facts=body.facts())
    return _one(request, row.pk)


@router.post(
    "/committees/{uuid:committee_id}/meetings/held/",
    response=answers(MeetingRow, writes=True),
    summary=gettext_noop("Enter a meeting that took place"),
)
@writing(Permission.PROBLEM_EDIT)
def enter(request: ApiRequest, committee_id: UUID, body: ToMeet) -> MeetingRow:
    """补录会议: with who was in the committee on that day; nobody is told."""
    row = commands.enter_meeting(request.actor, committee_id=committee_id, facts=body.facts())
    return _one(request, row.pk)


@router.post(
    "/committees/meetings/{uuid:meeting_id}/came/",
    response=answers(MeetingRow, writes=True),
    summary=gettext_noop("Write down who came"),
)
@writing(Permission.PROBLEM_EDIT)
def came(request: ApiRequest, meeting_id: UUID, body: ToAttend) -> MeetingRow:
    """记录到会: all who came, of those who were invited; a fact, and no score."""
    commands.note_attendance(request.actor, meeting_id=meeting_id, came_ids=body.came)
    return _one(request, meeting_id)


@router.post(
    "/committees/items/{uuid:meeting_item_id}/decision/",
    response=answers(MeetingRow, writes=True),
    summary=gettext_noop("Write down what was decided"),
)
@writing(Permission.PROBLEM_EDIT)
def resolve(request: ApiRequest, meeting_item_id: UUID, body: ToResolve) -> MeetingRow:
    """会议决定: of one item of business."""
    row = commands.resolve_item(request.actor, item_id=meeting_item_id, decision=body.words)
    return _one(request, row.meeting_id)


@router.post(
    "/committees/items/{uuid:meeting_item_id}/tasks/",
    response=answers(ProblemTaskRow, writes=True),
    summary=gettext_noop("Add a task of a decision"),
)
@writing(Permission.PROBLEM_EDIT)
def add_task(request: ApiRequest, meeting_item_id: UUID, body: ToDivide) -> ProblemTaskRow:
    """由决定分解任务: it stands on the list of tasks of whoever does it, who is told."""
    row = commands.add_decision_task(
        request.actor, item_id=meeting_item_id, text=body.text, duty=body.duty()
    )
    return task_row(row)

"""Tasks of problems of communities, meetings of their committees and what these decided: as rows
that are counted, and as they are listed, without what they are about."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.kernel import clock
from baodao.tallies.rules.conditions import columns

_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"
_DONE = "CASE WHEN task.done_at < %(instant)s THEN task.done_at END"
_DONE_ON = f"(task.done_at AT TIME ZONE '{clock.ZONE.key}')::date"
_TRAITS = {
    "added_at": "task.added_at",
    "done_at": f"({_DONE})",
    "in_time": f"({_DONE_ON} <= task.due_on)",
}


def _tasks(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, task.id
               {columns(traits, "task", _TRAITS)}
        FROM tree community
        JOIN problems_placeproblem problem ON problem.place_id = community.id
        JOIN problems_problemtask task
            ON task.problem_id = problem.id AND task.added_at < %(instant)s
        WHERE {_HERE}
          AND (task.withdrawn_at IS NULL OR task.withdrawn_at >= %(instant)s)"""


def _task_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM problems_problemtask task
            JOIN problems_placeproblem problem ON problem.id = task.problem_id
            JOIN tree community ON community.id = problem.place_id AND {_HERE}
            WHERE {between("task.added_at", "task.done_at", "task.withdrawn_at")}
        )"""


_LISTED_TASKS = """
    SELECT task.id, community.name AS community, owner.name AS owner, task.added_at, task.due_on,
           thing.done_at
    FROM ({rows}) thing
    JOIN problems_problemtask task ON task.id = thing.id
    JOIN problems_placeproblem problem ON problem.id = task.problem_id
    JOIN tree community ON community.id = problem.place_id
    JOIN orgs_organisation owner ON owner.id = task.owner_id
    WHERE {where}
    ORDER BY thing.path, task.added_at, task.id"""


@dataclass(frozen=True)
class CountedTask:
    """A task of a problem of a community: who does it, and when it was done."""

    id: UUID
    community: str
    owner: str
    added_at: datetime
    due_on: date
    done_at: datetime | None


_STOOD = """meeting.called_at < %(instant)s
    AND (meeting.cancelled_at IS NULL OR meeting.cancelled_at >= %(instant)s)"""


def _meetings(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, meeting.id
               {columns(traits, "meeting")}
        FROM tree community
        JOIN committees_meeting meeting ON meeting.place_id = community.id
        WHERE {_HERE} AND meeting.starts_at < %(instant)s AND {_STOOD}"""


def _meeting_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    moved = between("meeting.called_at", "meeting.cancelled_at", "meeting.starts_at")
    return f"""
        EXISTS (
            SELECT 1 FROM committees_meeting meeting
            JOIN tree community ON community.id = meeting.place_id AND {_HERE}
            WHERE {moved}
        )"""


_LISTED_MEETINGS = """
    SELECT meeting.id, community.name AS community, meeting.committee_name, meeting.starts_at
    FROM ({rows}) thing
    JOIN committees_meeting meeting ON meeting.id = thing.id
    JOIN tree community ON community.id = meeting.place_id
    WHERE {where}
    ORDER BY thing.path, meeting.starts_at, meeting.id"""


@dataclass(frozen=True)
class CountedMeeting:
    """A meeting of a committee of a community."""

    id: UUID
    community: str
    committee_name: str
    starts_at: datetime


def _decisions(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, item.id
               {columns(traits, "item")}
        FROM tree community
        JOIN committees_meeting meeting ON meeting.place_id = community.id
        JOIN committees_meetingitem item
            ON item.meeting_id = meeting.id AND item.decided_at < %(instant)s
        WHERE {_HERE} AND {_STOOD}"""


def _decision_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM committees_meetingitem item
            JOIN committees_meeting meeting ON meeting.id = item.meeting_id
            JOIN tree community ON community.id = meeting.place_id AND {_HERE}
            WHERE {between("item.decided_at", "meeting.cancelled_at")}
        )"""


_LISTED_DECISIONS = """
    SELECT item.id, community.name AS community, meeting.committee_name, meeting.starts_at,
           item.decided_at
    FROM ({rows}) thing
    JOIN committees_meetingitem item ON item.id = thing.id
    JOIN committees_meeting meeting ON meeting.id = item.meeting_id
    JOIN tree community ON community.id = meeting.place_id
    WHERE {where}
    ORDER BY thing.path, item.decided_at, item.id"""


@dataclass(frozen=True)
class CountedDecision:
    """Something that a meeting decided: of which committee, and when it was written down."""

    id: UUID
    community: str
    committee_name: str
    starts_at: datetime
    decided_at: datetime


PROBLEM_TASKS = SourceRows(
    _tasks,
    _task_changes,
    _LISTED_TASKS,
    lambda row: CountedTask(**row),
    traits=frozenset({"done_at"}),
)
MEETINGS = SourceRows(
    _meetings, _meeting_changes, _LISTED_MEETINGS, lambda row: CountedMeeting(**row)
)
DECISIONS = SourceRows(
    _decisions, _decision_changes, _LISTED_DECISIONS, lambda row: CountedDecision(**row)
)

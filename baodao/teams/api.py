"""Service teams over the API: which there are, who asks to join or leave, and the answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.teams.commands import memberships
from baodao.teams.models import TeamRequest
from baodao.teams.queries.teams import requests_to
from baodao.teams.queries.teams import teams as teams_in_scope
from baodao.teams.rules.teams import Bond, Passage, RequestState
from baodao.ui.api import (
    ApiRequest,
    BatchAnswer,
    BatchVerdict,
    Code,
    Cursor,
    Ids,
    Page,
    PersonBrief,
    Place,
    answers,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Service teams")])


class TeamRow(Schema):
    """A service team of a community, with who leads it."""

    code: str
    name: str
    community: Place
    bond: Bond | None = Field(description=gettext_noop("What the team is of."))
    about: str = Field(description=gettext_noop("What the team says about itself."))
    size: int = Field(description=gettext_noop("How many members it has."))
    leaders: list[PersonBrief]


class TeamPage(Page[TeamRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtTeams(Schema):
    """Which teams."""

    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))


class TeamRequestRow(Schema):
    """A member who asks to join a team or to leave it, and how it was answered."""

    id: UUID
    team: Place
    person: PersonBrief
    passage: Passage = Field(description=gettext_noop("To join the team or to leave it."))
    state: RequestState
    words: str
    requested_at: datetime
    decided_at: datetime | None
    reason: str


class TeamRequestPage(Page[TeamRequestRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtTeamRequests(Schema):
    """Which requests."""

    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))
    state: RequestState | None = None


class TeamAnswer(BatchVerdict):
    """Yes, or no with the reason that each of them reads."""

    requests: Ids


class TeamAnswers(BatchAnswer[TeamRequestRow]):
    """A batch: whoever could be answered is, the others are named with the reason."""


def _team(row: Any) -> TeamRow:
    facts = {
        "community": row.parent,
        "bond": row.bond,
        "about": row.about or "",
        "leaders": row.leaders,
    }
    same = TeamRow.model_fields.keys() - facts
    return TeamRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _request(row: TeamRequest) -> TeamRequestRow:
    facts = {"person": row.registration.person}
    same = TeamRequestRow.model_fields.keys() - facts
    return TeamRequestRow.model_validate(facts | {name: getattr(row, name) for name in same})


@router.get("/teams/", response=answers(TeamPage), summary=gettext_noop("Service teams in scope"))
@reading(Permission.REGISTRATION_READ)
def teams(
    request: ApiRequest, sought: Query[SoughtTeams], cursor: Query[Cursor]
) -> dict[str, object]:
    """Open teams of communities, with their leaders."""
    rows = teams_in_scope(request.actor)
    if sought.community is not None:
        rows = rows.filter(parent=by_code(sought.community))
    return page_of(rows, cursor, "id", _team)


@router.get(
    "/team-requests/",
    response=answers(TeamRequestPage),
    summary=gettext_noop("Requests to join or leave teams"),
)
@reading(Permission.REGISTRATION_PLACE)
def team_requests(
    request: ApiRequest, sought: Query[SoughtTeamRequests], cursor: Query[Cursor]
) -> dict[str, object]:
    """Who asks to join or leave a team of the community, answered or not."""
    rows = requests_to(request.actor).order_by()
    if sought.community is not None:
        rows = rows.filter(team__parent=by_code(sought.community))
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    return page_of(rows, cursor, "id", _request)


@router.post(
    "/team-requests/decide/",
    response=answers(TeamAnswers, writes=True),
    summary=gettext_noop("Answer who asks to join or leave a team"),
)
@writing(Permission.REGISTRATION_PLACE)
def decide_team_requests(request: ApiRequest, body: TeamAnswer) -> TeamAnswers:
    """Agreed to, or not with the reason, which is a word to stay for who asks to leave."""
    batch = memberships.decide_requests(
        request.actor, request_ids=body.requests, approve=body.approve, reason=body.reason
    )
    return TeamAnswers(done=[_request(row) for row in batch.done], refused=left(batch.refused))

"""The lists over the API: what units can lend, what is claimed of it, and the answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.resources.commands import claims as commands
from baodao.resources.models import ListClaim, Project, Resource
from baodao.resources.queries.claims import claims_in, list_claims
from baodao.resources.queries.lists import needs_in, projects_in, resources_in
from baodao.resources.rules.lists import BookedTime
from baodao.resources.rules.lives import ListClaimState, ListSide, ProjectState, ResourceState
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Hour,
    Page,
    Place,
    Spot,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Lists of resources, needs and projects")])


class ResourceRow(Schema):
    """What a unit can lend or give."""

    id: UUID
    unit: Place
    kind: str
    title: str
    text: str
    schedule: str
    amount: str
    conditions: str
    state: ResourceState


class ResourcePage(Page[ResourceRow]):
    """Some rows of a list, in an order that does not change."""


class NeedCallRow(Schema):
    """A need for which its community wants units: how many, and how many have taken it on."""

    need: UUID
    community: Place
    text: str
    units: int
    taken: int
    since: datetime


class NeedCallPage(Page[NeedCallRow]):
    """Some rows of a list, in an order that does not change."""


class ProjectRow(Schema):
    """A project of a year: who proposed it where, its state, how many activities are planned."""

    id: UUID
    community: Place
    unit: Place | None
    year: int
    title: str
    text: str
    activities: int | None
    state: ProjectState


class ProjectPage(Page[ProjectRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtLists(Schema):
    """Of which unit, community or authority."""

    organisation: Code


class ListClaimRow(Schema):
    """What one side claimed of a list of the other, and how it stands."""

    id: UUID
    unit: Place
    community: Place
    side: ListSide
    resource: UUID | None
    need: UUID | None
    project: UUID | None
    words: str
    starts_at: datetime | None
    ends_at: datetime | None
    state: ListClaimState
    reason: str


class ListClaimPage(Page[ListClaimRow]):
    """Some rows of a list, in an order that does not change."""


class ToBook(Schema):
    """Which resource is claimed, for which community and for when."""

    resource: UUID
    community: Code
    starts_at: Hour
    ends_at: Hour
    words: Spot = ""


class ToDecline(Schema):
    """Why the other side cannot."""

    reason: Words


def _resource(row: Resource) -> ResourceRow:
    same = ResourceRow.model_fields.keys()
    return ResourceRow.model_validate({name: getattr(row, name) for name in same})


def _need(row: Any) -> NeedCallRow:
    facts = {"need": row.need_id, "community": row.need.community, "text": row.need.text}
    same = NeedCallRow.model_fields.keys() - facts
    return NeedCallRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _project(row: Project) -> ProjectRow:
    same = ProjectRow.model_fields.keys()
    return ProjectRow.model_validate({name: getattr(row, name) for name in same})


def _claim(row: ListClaim) -> ListClaimRow:
    facts = {"resource": row.resource_id, "need": row.need_id, "project": row.project_id}
    same = ListClaimRow.model_fields.keys() - facts
    return ListClaimRow.model_validate(facts | {name: getattr(row, name) for name in same})


@router.get(
    "/resources/", response=answers(ResourcePage), summary=gettext_noop("Resources on lists")
)
@reading(Permission.UNIT_REGISTRATION_READ)
def resources(
    request: ApiRequest, sought: Query[SoughtLists], cursor: Query[Cursor]
) -> dict[str, object]:
    """资源清单: of a unit its own; of a community what it may claim."""
    rows = resources_in(request.actor, by_code(sought.organisation))
    return page_of(rows, cursor, "id", _resource)


@router.get(
    "/resources/needs/", response=answers(NeedCallPage), summary=gettext_noop("List of needs")
)
@reading(Permission.NEED_READ)
def needs(
    request: ApiRequest, sought: Query[SoughtLists], cursor: Query[Cursor]
) -> dict[str, object]:
    """需求清单: for which needs units are wanted; of a unit, those of its partner community."""
    rows = needs_in(request.actor, by_code(sought.organisation))
    return page_of(rows, cursor, "id", _need)


@router.get(
    "/resources/projects/", response=answers(ProjectPage), summary=gettext_noop("List of projects")
)
@reading(Permission.UNIT_REGISTRATION_READ)
def projects(
    request: ApiRequest, sought: Query[SoughtLists], cursor: Query[Cursor]
) -> dict[str, object]:
    """项目清单: of a unit what it proposed or claims, and what its partner community proposes."""
    rows = projects_in(request.actor, by_code(sought.organisation))
    return page_of(rows, cursor, "id", _project)


@router.get(
    "/resources/claims/",
    response=answers(ListClaimPage),
    summary=gettext_noop("Claims of lists"),
)
@reading(Permission.UNIT_REGISTRATION_READ)
def claims(
    request: ApiRequest, sought: Query[SoughtLists], cursor: Query[Cursor]
) -> dict[str, object]:
    """双向认领: what a unit or a community claimed, and what was claimed of it."""
    rows = claims_in(request.actor, by_code(sought.organisation))
    return page_of(rows, cursor, "id", _claim)


@router.post(
    "/resources/claims/",
    response=answers(ListClaimRow, writes=True),
    summary=gettext_noop("Claim a resource"),
)
@writing(Permission.UNIT_REGISTRATION_ACCEPT)
def claim(request: ApiRequest, body: ToBook) -> ListClaimRow:
    """认领资源: for a time; the unit answers."""
    row = commands.claim_resource(
        request.actor,
        community_id=by_code(body.community).pk,
        resource_id=body.resource,
        time=BookedTime(body.starts_at, body.ends_at),
        words=body.words,
    )
    return _fresh(request, row)


@router.post(
    "/resources/claims/{uuid:list_claim_id}/accept/",
    response=answers(ListClaimRow, writes=True),
    summary=gettext_noop("Agree to what is claimed"),
)
@writing(Permission.UNIT_REGISTRATION_PRESENT)
def accept(request: ApiRequest, list_claim_id: UUID) -> ListClaimRow:
    """单位同意认领: what a community claimed of the unit; communities answer on the page."""
    return _fresh(request, commands.accept_claim(request.actor, list_claim_id=list_claim_id))


@router.post(
    "/resources/claims/{uuid:list_claim_id}/decline/",
    response=answers(ListClaimRow, writes=True),
    summary=gettext_noop("Decline what is claimed"),
)
@writing(Permission.UNIT_REGISTRATION_PRESENT)
def decline(request: ApiRequest, list_claim_id: UUID, body: ToDecline) -> ListClaimRow:
    """单位不同意认领, with the reason."""
    row = commands.decline_claim(request.actor, list_claim_id=list_claim_id, reason=body.reason)
    return _fresh(request, row)


def _fresh(request: ApiRequest, row: ListClaim) -> ListClaimRow:
    return _claim(list_claims(request.actor).get(pk=row.pk))

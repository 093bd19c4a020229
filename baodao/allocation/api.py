"""Balanced allocation over the API: proposals and their rows, to be read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.allocation.models import AllocationLine
from baodao.allocation.queries import allocations as queries
from baodao.allocation.rules.choices import AllocationAim
from baodao.allocation.rules.life import AllocationState, LineState
from baodao.allocation.tables import reason_words
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.ui.api import (
    ApiRequest,
    Cursor,
    Page,
    PersonBrief,
    Place,
    answers,
    page_of,
    reading,
)

router = Router(tags=[gettext_noop("Balanced allocation")])


class AllocationRow(Schema):
    """A proposal, and what it comes to."""

    id: UUID
    authority: Place
    aim: AllocationAim
    state: AllocationState
    created_at: datetime
    as_of: datetime | None = Field(description=gettext_noop("The instant of what was read."))
    measures: dict[str, Any]


class AllocationPage(Page[AllocationRow]):
    """Some rows of a list, in an order that does not change."""


class AllocationLineRow(Schema):
    """Who could serve where, why, and what became of it."""

    id: UUID
    unit: Place
    person: PersonBrief | None
    community: Place
    former: Place | None
    state: LineState
    wish_kept: bool | None
    reasons: str = Field(description=gettext_noop("Why, in sentences."))


class AllocationLinePage(Page[AllocationLineRow]):
    """Some rows of a list, in an order that does not change."""


def _row(row: Any) -> AllocationRow:
    facts = {name: getattr(row, name) for name in AllocationRow.model_fields if name != "aim"}
    return AllocationRow.model_validate(facts | {"aim": row.decided.aim})


def _line(row: AllocationLine) -> AllocationLineRow:
    facts = {name: getattr(row, name) for name in AllocationLineRow.model_fields}
    return AllocationLineRow.model_validate(facts | {"reasons": reason_words(row)})


@router.get(
    "/allocations/",
    response=answers(AllocationPage),
    summary=gettext_noop("Proposals of balanced allocation"),
)
@reading(Permission.ALLOCATION_PROPOSE)
def allocations(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Those of the authorities in scope."""
    return page_of(queries.allocations(request.actor), cursor, "id", _row)


@router.get(
    "/allocations/{uuid:allocation_id}/lines/",
    response=answers(AllocationLinePage),
    summary=gettext_noop("Rows of a proposal"),
)
@reading(Permission.ALLOCATION_PROPOSE)
def lines(request: ApiRequest, allocation_id: UUID, cursor: Query[Cursor]) -> dict[str, object]:
    """Of units in reach today; the others are left out."""
    allocation = queries.allocation_of(request.actor, allocation_id)
    return page_of(queries.lines_of(request.actor, allocation), cursor, "id", _line)

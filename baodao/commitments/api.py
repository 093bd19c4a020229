"""Commitments over the API: who has committed to what. Programs act for organisations, so that they
neither commit nor agree for anybody: a member does that on their own page."""

from datetime import date
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries import commitments as queries
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import YEARS
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Page,
    PersonBrief,
    Place,
    answers,
    page_of,
    reading,
)

router = Router(tags=[gettext_noop("Commitments")])


class CommitmentItemRow(Schema):
    """What was ticked: an offer or a series, called as it was then."""

    offer: UUID | None
    series: UUID | None
    title: str
    claimed_on: date | None


class CommitmentRow(Schema):
    """What a member committed to in a year, and whether they agree that it is posted up."""

    id: UUID
    person: PersonBrief
    community: Place
    year: int
    made_on: date
    items: list[CommitmentItemRow]
    times: int | None
    hours: int | None
    services: str
    words: str
    agreed: bool


class CommitmentPage(Page[CommitmentRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtCommitments(Schema):
    """Which commitments; without a year those of the present one."""

    community: Code | None = Field(
        default=None, description=gettext_noop("Code of the community reported to.")
    )
    unit: Code | None = Field(
        default=None, description=gettext_noop("Code of the unit or branch, with all below it.")
    )
    year: int | None = Field(default=None, ge=YEARS.start, lt=YEARS.stop)


def _row(row: Commitment) -> CommitmentRow:
    facts = {
        "person": row.registration.person,
        "community": row.registration.community,
        "items": [_item(one) for one in queries.items_of(row)],
    }
    same = CommitmentRow.model_fields.keys() - facts
    return CommitmentRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _item(one: CommitmentItem) -> CommitmentItemRow:
    ticks = {"offer": one.offer_id, "series": one.series_id}
    return CommitmentItemRow(title=one.title, claimed_on=one.claimed_on, **ticks)


@router.get(
    "/commitments/", response=answers(CommitmentPage), summary=gettext_noop("Commitments in scope")
)
@reading(Permission.REGISTRATION_READ)
def commitments(
    request: ApiRequest, sought: Query[SoughtCommitments], cursor: Query[Cursor]
) -> dict[str, object]:
    """Those in force, of members whom you read, in no order of how much."""
    rows = queries.commitments(request.actor).filter(year=sought.year or clock.today().year)
    for code in filter(None, (sought.community, sought.unit)):
        near = queries.commitments_in(request.actor, by_code(code))
        rows = rows.filter(pk__in=near.order_by().values("pk"))
    return page_of(rows, cursor, "id", _row)

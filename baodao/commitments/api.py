"""Commitments over the API: who has committed to what. Programs act for organisations, so that they
neither commit nor agree for anybody: a member does that on their own page."""

from datetime import date
from uuid import UUID

from ninja import Query, Router, Schema

from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries.commitments import commitments_in, items_of
from baodao.kernel import clock
from baodao.kernel.authz import Permission
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


class CommitmentSearch(Schema):
    """Of which organisation and year; without a year the present one."""

    organisation: Code
    year: int | None = None


def _row(row: Commitment) -> CommitmentRow:
    facts = {
        "person": row.registration.person,
        "community": row.registration.community,
        "items": [_item(one) for one in items_of(row)],
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
    request: ApiRequest, sought: Query[CommitmentSearch], cursor: Query[Cursor]
) -> dict[str, object]:
    """Those in force, of members reported in a place or of a unit; in no order of how much."""
    rows = commitments_in(request.actor, by_code(sought.organisation))
    return page_of(rows.filter(year=sought.year or clock.today().year), cursor, "id", _row)

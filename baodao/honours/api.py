"""Rounds of honours over the API: what is judged, where it stands, and who stands on a list that is
in publicity or final. What was signed on anybody else stays on the pages; nobody signs, votes or
objects through a program."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.honours.queries.papers import subject_item
from baodao.honours.queries.rounds import one_round, public_lines, rounds, rounds_of
from baodao.honours.rules.lives import SEEN, HonourKind, HonourState, HonourVerdict
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import ApiRequest, Code, Cursor, Page, Place, answers, page_of, reading

router = Router(tags=[gettext_noop("Honours")])


class HonourRoundRow(Schema):
    """评优评议 of one organisation: `number` is that of the final list, "" before it."""

    id: UUID
    organisation: Place
    kind: HonourKind
    period: str
    state: HonourState
    public_on: date | None
    public_until: date | None
    number: str


class HonourRoundPage(Page[HonourRoundRow]):
    """Some rows of a list, in an order that does not change."""


class HonourLine(Schema):
    """Who stands on a public list: where they belonged at the instant of the round, and the
    word."""

    id: UUID
    name: str
    belongs: str
    verdict: HonourVerdict


class HonourLinePage(Page[HonourLine]):
    """Some rows of a list, in an order that does not change."""


class SoughtHonours(Schema):
    """Which rounds of honours; without a code all in scope."""

    organisation: Code | None = Field(
        default=None, description=gettext_noop("Code of who holds the round, with all below it.")
    )


def _row(row: Any) -> HonourRoundRow:
    return HonourRoundRow(
        id=row.pk,
        organisation=Place.from_orm(row.organisation),
        kind=row.kind,
        period=row.period_text,
        state=row.state,
        public_on=row.public_on,
        public_until=row.public_until,
        number=row.number_text,
    )


@router.get(
    "/honour-rounds/",
    response=answers(HonourRoundPage),
    summary=gettext_noop("Rounds of honours in scope"),
)
@reading(Permission.HONOUR_READ)
def honour_rounds(
    request: ApiRequest, sought: Query[SoughtHonours], cursor: Query[Cursor]
) -> dict[str, object]:
    """What is judged of which time, and where it stands."""
    rows = rounds(request.actor)
    if sought.organisation:
        rows = rounds_of(request.actor, by_code(sought.organisation))
    return page_of(rows.order_by(), cursor, "id", _row)


def _line(row: Any) -> HonourLine:
    item = subject_item(row)
    name, belongs = str(item["honour_name"]), str(item["honour_belongs"])
    return HonourLine(id=row.pk, name=name, belongs=belongs, verdict=row.verdict)


@router.get(
    "/honour-rounds/{uuid:public_honour_id}/lines/",
    response=answers(HonourLinePage),
    summary=gettext_noop("Who stands on the public list of a round"),
)
@reading(Permission.HONOUR_READ)
def honour_lines(
    request: ApiRequest, public_honour_id: UUID, cursor: Query[Cursor]
) -> dict[str, object]:
    """Who stands on a list that is in publicity or final; of nobody else anything is said."""
    row = one_round(request.actor, public_honour_id)
    if row.state not in SEEN:
        raise Absent("list")
    return page_of(public_lines(row).order_by(), cursor, "id", _line)

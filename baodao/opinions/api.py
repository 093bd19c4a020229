"""Opinions over the API: which rounds were held and how each line was marked. What was written, and
by whom, stays on the pages; nobody answers through a program."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.opinions.queries.rounds import result_of, rounds, rounds_of
from baodao.opinions.rules.rounds import OpinionAudience, OpinionMark
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import ApiRequest, Code, Cursor, Page, Place, answers, page_of, reading

router = Router(tags=[gettext_noop("Opinions")])


class OpinionLine(Schema):
    """A line of the sheet and how often each mark was given, 满意, 基本满意, 不满意."""

    question: str
    good: int
    fair: int
    poor: int


class OpinionRoundRow(Schema):
    """征求意见 of one asker: `lines` is missing while there are too few answers to be shown."""

    id: UUID
    asker: Place
    audience: OpinionAudience
    period: str
    asked_on: date
    due_on: date
    sheets: int
    answers: int
    lines: list[OpinionLine] | None


class OpinionRoundPage(Page[OpinionRoundRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtOpinions(Schema):
    """Which rounds; without a code all in scope."""

    asker: Code | None = Field(
        default=None, description=gettext_noop("Code of who asked, with all below it.")
    )


def _row(row: Any) -> OpinionRoundRow:
    result = result_of(row)
    names = [mark.value for mark in OpinionMark]
    lines = [
        OpinionLine(question=line.question.code, **dict(zip(names, line.counts, strict=True)))
        for line in result.lines or ()
    ]
    return OpinionRoundRow(
        id=row.pk,
        asker=Place.from_orm(row.asker),
        audience=row.audience,
        period=row.period_text,
        asked_on=row.asked_at.date(),
        due_on=row.due_on,
        sheets=result.sent,
        answers=result.count,
        lines=None if result.lines is None else lines,
    )


@router.get(
    "/opinion-rounds/",
    response=answers(OpinionRoundPage),
    summary=gettext_noop("Rounds of opinions in scope"),
)
@reading(Permission.OPINION_READ)
def opinion_rounds(
    request: ApiRequest, sought: Query[SoughtOpinions], cursor: Query[Cursor]
) -> dict[str, object]:
    """Rounds with their marks line by line."""
    rows = rounds(request.actor)
    if sought.asker:
        rows = rounds_of(request.actor, by_code(sought.asker))
    return page_of(rows.order_by(), cursor, "id", _row)

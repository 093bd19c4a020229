"""Opinions over the API: which rounds were held, how each line was marked, and what organisations
wrote and were replied. What members wrote stays on the pages; nobody answers through a program."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.opinions.queries.rounds import answers_in, one_round, result_of, rounds, rounds_of
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


class OpinionWords(Schema):
    """征求意见答复: what a unit or a community wrote, what became of it, and whether that settled
    it; who wrote it for the organisation stays on the page."""

    id: UUID
    organisation: Place
    answered_on: date
    text: str
    reply: str
    settled: bool | None
    missing: str


class OpinionWordsPage(Page[OpinionWords]):
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


def _words(row: Any) -> OpinionWords:
    same = OpinionWords.model_fields.keys() - {"organisation"}
    facts = {name: getattr(row, name) for name in same}
    return OpinionWords.model_validate(facts | {"organisation": row.sheet.organisation})


@router.get(
    "/opinion-rounds/{uuid:round_id}/answers/",
    response=answers(OpinionWordsPage),
    summary=gettext_noop("What organisations wrote in a round, and the replies"),
)
@reading(Permission.OPINION_READ)
def opinion_answers(
    request: ApiRequest, round_id: UUID, cursor: Query[Cursor]
) -> dict[str, object]:
    """Opinions in words of units and communities; those of members are left out."""
    row = one_round(request.actor, round_id)
    rows = answers_in(request.actor, Permission.OPINION_READ).filter(
        round=row, sheet__organisation__isnull=False
    )
    return page_of(rows.exclude(text="").order_by(), cursor, "id", _words)

"""Flags over the API: what stands out, the word of the authority, the answer of the community."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.flags.commands import flags as commands
from baodao.flags.queries.flags import flags as flags_of
from baodao.flags.queries.flags import flags_to_explain
from baodao.flags.rules.life import FlagState
from baodao.flags.rules.patterns import Pattern
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.ui.api import (
    ApiRequest,
    Cursor,
    Page,
    PersonBrief,
    Place,
    Text,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Flags")])


class FlagRow(Schema):
    """A service record that stands out, and what people say of it."""

    id: UUID
    record: UUID
    community: Place
    person: PersonBrief
    served_on: date
    minutes: int
    patterns: dict[Pattern, dict[str, int | str]] = Field(
        description=gettext_noop("Each pattern with its figures.")
    )
    state: FlagState
    reversed: bool = Field(description=gettext_noop("Whether the record counts no more."))
    noted_at: datetime
    question: str
    explanation: str
    reason: str


class FlagPage(Page[FlagRow]):
    """Some rows of a list, in an order that does not change."""


class FlagQuestion(Schema):
    """What a community is asked about a service record, and its answer."""

    id: UUID
    record: UUID
    community: Place
    person: PersonBrief
    served_on: date
    minutes: int
    state: FlagState
    reversed: bool = Field(description=gettext_noop("Whether the record counts no more."))
    asked_at: datetime
    question: str
    explanation: str


class QuestionPage(Page[FlagQuestion]):
    """Some rows of a list, in an order that does not change."""


class SoughtFlags(Schema):
    """Which flags."""

    state: FlagState | None = None


class FlagWords(Schema):
    """What is said, in words."""

    words: Words


class FlagExplanation(Schema):
    """How it came to be, in words."""

    words: Text


def _facts(row: Any, schema: type[Schema]) -> dict[str, object]:
    facts = {
        "record": row.record_id,
        "person": row.record.person,
        "served_on": row.record.served_on,
        "minutes": row.record.minutes,
        "reversed": row.undone,
    }
    same = schema.model_fields.keys() - facts
    return facts | {name: getattr(row, name) for name in same}


def _flag(row: Any) -> FlagRow:
    return FlagRow.model_validate(_facts(row, FlagRow))


def _question(row: Any) -> FlagQuestion:
    return FlagQuestion.model_validate(_facts(row, FlagQuestion))


@router.get("/flags/", response=answers(FlagPage), summary=gettext_noop("Flags in scope"))
@reading(Permission.FLAG_DECIDE)
def flags(
    request: ApiRequest, sought: Query[SoughtFlags], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of the communities below an authority; never of what one served or entered oneself."""
    rows = flags_of(request.actor)
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    return page_of(rows, cursor, "id", _flag)


@router.get(
    "/flags/asked/", response=answers(QuestionPage), summary=gettext_noop("Records to explain")
)
@reading(Permission.RECORD_REVERSE)
def asked_flags(request: ApiRequest, cursor: Query[Cursor]) -> dict[str, object]:
    """Those about which one's communities are or were asked: the question and the record alone."""
    return page_of(flags_to_explain(request.actor), cursor, "id", _question)


@router.post(
    "/flags/{uuid:flag_id}/dismiss/",
    response=answers(FlagRow, writes=True),
    summary=gettext_noop("Say that a record is in order"),
)
@writing(Permission.FLAG_DECIDE)
def dismiss(request: ApiRequest, flag_id: UUID, body: FlagWords) -> FlagRow:
    """A human has looked and says why; it ends the flag."""
    return _flag(commands.dismiss(request.actor, flag_id=flag_id, reason=body.words))


@router.post(
    "/flags/{uuid:flag_id}/ask/",
    response=answers(FlagRow, writes=True),
    summary=gettext_noop("Ask a community about a record"),
)
@writing(Permission.FLAG_DECIDE)
def ask(request: ApiRequest, flag_id: UUID, body: FlagWords) -> FlagRow:
    """It explains the record in words, or puts it right."""
    return _flag(commands.ask_about(request.actor, flag_id=flag_id, question=body.words))


@router.post(
    "/flags/{uuid:flag_id}/explain/",
    response=answers(FlagQuestion, writes=True),
    summary=gettext_noop("Explain a record"),
)
@writing(Permission.RECORD_REVERSE)
def explain(request: ApiRequest, flag_id: UUID, body: FlagExplanation) -> FlagQuestion:
    """Of one's community, about which the authority above has asked."""
    row = commands.explain(request.actor, flag_id=flag_id, explanation=body.words)
    return _question(row)

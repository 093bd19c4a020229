"""What ends of statements and objections when a person died, and waits again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.stages import move
from baodao.people.commands.endings import EndingRows
from baodao.people.rules.departures import Departure, Ending
from baodao.statements.models import Dispute, Statement
from baodao.statements.rules.disputes import DisputeState
from baodao.statements.rules.statements import STATEMENT, StatementState

NOBODY_ASKS = gettext_noop("The person has died.")
"""The answer kept with an objection that nobody waits for any more; shown translated."""


def _died(departures: Sequence[Departure]) -> list[UUID]:
    """Who left or moved can still have last month's service confirmed."""
    return [one.person_id for one in departures if one.ending is Ending.DIED]


def _stated(departures: Sequence[Departure]) -> QuerySet[Statement]:
    return Statement.objects.filter(person__in=_died(departures), state__in=STATEMENT.live)


def _withdraw(actor: Actor, rows: Sequence[Statement], _gone: Mapping[UUID, Departure]) -> None:
    move(rows, StatementState.WITHDRAWN, clock.now())
    _note(actor, rows, "statement.withdrawn")


def _wait_again(actor: Actor, rows: Sequence[Statement]) -> None:
    _note(actor, rows, "statement.resumed")


def _objected(departures: Sequence[Departure]) -> QuerySet[Dispute]:
    return Dispute.objects.filter(person__in=_died(departures), state=DisputeState.OPEN)


def _close(actor: Actor, rows: Sequence[Dispute], _gone: Mapping[UUID, Departure]) -> None:
    now = clock.now()
    move(rows, DisputeState.KEPT, now, answer=NOBODY_ASKS, answered_at=now)
    _note(actor, rows, "dispute.closed")


def _ask_again(actor: Actor, rows: Sequence[Dispute]) -> None:
    _note(actor, rows, "dispute.resumed")


def _note(actor: Actor, rows: Sequence[Statement] | Sequence[Dispute], verb: str) -> None:
    journal.write_many(actor, [journal.Act(verb, row.pk, row.community_id) for row in rows])


STATEMENTS = EndingRows(
    Statement,
    ("state",),
    _stated,
    _withdraw,
    words=gettext_noop("own statements"),
    again=_wait_again,
)
DISPUTES = EndingRows(
    Dispute,
    ("state", "answer", "answered_at"),
    _objected,
    _close,
    words=gettext_noop("objections"),
    again=_ask_again,
)

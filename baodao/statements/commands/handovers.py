"""What becomes of statements and objections when a community is reorganised: the successor confirms
and answers; without one the community confirms what was stated first, and the authority above
answers objections."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.ledger.queries.records import record_rows
from baodao.notices.commands.notices import announce_handover
from baodao.orgs.queries.communities import above
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.statements.commands.disputes import to_answer
from baodao.statements.models import Dispute, Statement
from baodao.statements.rules.disputes import DISPUTE
from baodao.statements.rules.statements import StatementState


def _statement_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    rows = Statement.objects.filter(community__in=plan.hanging, state=StatementState.WAITING)
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s statement is confirmed by the successor.",
            "%(count)s statements are confirmed by the successor.",
        )
        yield HandoverLine(Fate.GOES, rows.count(), words)
    else:
        words = ngettext_noop(
            "%(count)s statement waits. Its community confirms or returns it first.",
            "%(count)s statements wait. Their community confirms or returns them first.",
        )
        yield HandoverLine(Fate.STANDS, rows.count(), words)


def _objections(plan: ReorganisationPlan) -> QuerySet[Dispute]:
    rows = Dispute.objects.select_related("person", "community")
    return rows.filter(community__in=plan.hanging, state__in=DISPUTE.live).order_by("due_on", "pk")


def _objection_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s objection to a record is answered by the successor.",
            "%(count)s objections to records are answered by the successor.",
        )
    else:
        words = ngettext_noop(
            "%(count)s objection to a record is answered by the authority above.",
            "%(count)s objections to records are answered by the authority above.",
        )
    yield HandoverLine(Fate.GOES, _objections(plan).count(), words)


def _pass_on(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Rows stay with their records; who is to answer them now hears of each."""
    if plan.heir_id is not None:
        answerer = by_id(plan.heir_id)
    else:
        answerer = above(by_id(plan.organisation_id))
    messages = [to_answer(row, served_on, answerer) for row, served_on in _with_days(plan)]
    announce_handover(changes, messages)


def _with_days(plan: ReorganisationPlan) -> Iterator[tuple[Dispute, date]]:
    """The objections that wait, each with the day of its record."""
    for row in _objections(plan):
        mine = record_rows().filter(community=row.community_id, id=row.record_id)
        yield row, mine.values_list("served_on", flat=True).get()


HANDOVERS = (
    Handover("statement", _statement_lines, words=gettext_noop("own statements")),
    Handover("dispute", _objection_lines, _pass_on, gettext_noop("objections to records")),
)

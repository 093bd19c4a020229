"""What ends of statements and objections when a person died."""

from collections.abc import Sequence

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.stages import move
from baodao.people.rules.departures import Departure, Ending
from baodao.statements.models import Dispute, Statement
from baodao.statements.rules.disputes import DisputeState
from baodao.statements.rules.statements import STATEMENT, StatementState

NOBODY_ASKS = gettext_noop("The person has died.")
"""The answer kept with an objection that nobody waits for any more; shown translated."""


def let_go(actor: Actor, departures: Sequence[Departure]) -> None:
    """Take back what who died has stated and nobody confirmed, and close what they objected to.

    Who left or moved can still have last month's service confirmed.
    """
    died = [one.person_id for one in departures if one.ending is Ending.DIED]
    now = clock.now()
    waiting = Statement.objects.filter(person__in=died, state__in=STATEMENT.live)
    statements = list(waiting.select_for_update(no_key=True).order_by("pk"))
    move(statements, StatementState.WITHDRAWN, now)
    open_ones = Dispute.objects.filter(person__in=died, state=DisputeState.OPEN)
    disputes = list(open_ones.select_for_update(no_key=True).order_by("pk"))
    move(disputes, DisputeState.KEPT, now, answer=NOBODY_ASKS, answered_at=now)
    acts = [journal.Act("statement.withdrawn", row.pk, row.community_id) for row in statements]
    acts += [journal.Act("dispute.closed", row.pk, row.community_id) for row in disputes]
    journal.write_many(actor, acts)

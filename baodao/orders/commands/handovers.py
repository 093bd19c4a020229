"""What becomes of whistles when the unit or branch that was whistled for is reorganised."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import announce_handover
from baodao.offers.rules.lives import OfferState
from baodao.orders.commands.whistles import no_of
from baodao.orders.models import Whistle
from baodao.orders.queries.whistles import unanswered, whistle_rows
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    UndoList,
)
from baodao.orgs.rules.tree import Kind


def _going(plan: ReorganisationPlan) -> QuerySet[Whistle]:
    """Whistles for what ends, as long as the offer goes on; without those for which the successor
    was whistled for too, who answers once."""
    rows = Whistle.objects.filter(unit__in=plan.hanging, offer__state=OfferState.PUBLISHED)
    beside = Whistle.objects.filter(offer=OuterRef("offer"), unit=plan.heir_id)
    return rows.filter(declined_at=None).exclude(Exists(beside))


def _moved(plan: ReorganisationPlan) -> QuerySet[Whistle]:
    """What a branch that goes to another unit was asked to take on and has not answered."""
    rows = unanswered(whistle_rows()).filter(unit__kind=Kind.BRANCH)
    return rows.filter(unit__in=[plan.organisation_id] if plan.reform is Reform.MOVED else [])


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    ends = ngettext_noop(
        "%(count)s whistle ends, as the branch goes to another unit; who asked is told.",
        "%(count)s whistles end, as the branch goes to another unit; who asked is told.",
    )
    yield HandoverLine(Fate.ENDS, _moved(plan).count(), ends)
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s whistle is answered by the successor.",
            "%(count)s whistles are answered by the successor.",
        )
        yield HandoverLine(Fate.GOES, _going(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    gone = list(_moved(plan))
    rows = Whistle.objects.filter(pk__in=[row.pk for row in gone])
    changes.change(rows, declined_at=plan.at, reason=ELSEWHERE)
    announce_handover(changes, (no_of(row, ELSEWHERE) for row in gone))
    if plan.heir_id is not None:
        changes.change(_going(plan), unit_id=plan.heir_id)


ELSEWHERE = gettext_noop("The branch has gone to another unit.")
"""The reason kept with what it was asked to take on before; shown translated."""

HANDOVERS = (Handover("whistle", _lines, _hand_over),)

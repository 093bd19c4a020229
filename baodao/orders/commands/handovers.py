"""What becomes of whistles when the unit that was whistled for is reorganised."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import ngettext_noop
from baodao.offers.rules.lives import OfferState
from baodao.orders.models import Whistle
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _going(plan: ReorganisationPlan) -> QuerySet[Whistle]:
    """Whistles for what ends, as long as the offer goes on; without those for which the successor
    was whistled for too, who answers once."""
    rows = Whistle.objects.filter(unit__in=plan.hanging, offer__state=OfferState.PUBLISHED)
    beside = Whistle.objects.filter(offer=OuterRef("offer"), unit=plan.heir_id)
    return rows.filter(declined_at=None).exclude(Exists(beside))


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s whistle is answered by the successor.",
            "%(count)s whistles are answered by the successor.",
        )
        yield HandoverLine(Fate.GOES, _going(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_going(plan), unit_id=plan.heir_id)


HANDOVERS = (Handover("whistle", _lines, _hand_over),)

"""What becomes of rounds of honours when who holds them is reorganised."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.honours.models import HonourRound
from baodao.honours.rules.lives import HONOUR_ROUND, HonourState
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _open(plan: ReorganisationPlan) -> QuerySet[HonourRound]:
    """Rounds that are not final."""
    return HonourRound.objects.filter(
        organisation__in=plan.hanging, state__in=HONOUR_ROUND.live
    ).order_by("pk")


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _open(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s round of honours is finished by the successor.",
            "%(count)s rounds of honours are finished by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s round of honours is withdrawn.", "%(count)s rounds of honours are withdrawn."
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor, below which who held the round stands from now on, finishes it: of whom it
    judges nothing changes. Without a successor it is withdrawn."""
    if plan.heir_id is None:
        rows = list(_open(plan).select_for_update(of=("self",), no_key=True))
        changes.move(rows, HonourState.WITHDRAWN, withdrawn_at=plan.at, reason=plan.reason)


HANDOVERS = (
    Handover("honour round", _lines, _hand_over, gettext_noop("rounds of honours")),
    Handover("honour proposal"),
)

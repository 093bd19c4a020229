"""What becomes of rounds when who asks is reorganised."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.opinions.models import OpinionRound
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _going(plan: ReorganisationPlan) -> QuerySet[OpinionRound]:
    """Rounds that can still be answered."""
    return OpinionRound.objects.filter(
        asker__in=plan.hanging, ended_at=None, due_on__gte=clock.today()
    )


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _going(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s round of opinions is answered to the successor.",
            "%(count)s rounds of opinions are answered to the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s round of opinions ends.", "%(count)s rounds of opinions end."
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor, below which who asked stands from now on, reads the answers; without one
    nobody is asked any more."""
    if plan.heir_id is None:
        changes.change(_going(plan), ended_at=plan.at)


HANDOVERS = (Handover("opinion rounds", _lines, _hand_over, gettext_noop("rounds of opinions")),)

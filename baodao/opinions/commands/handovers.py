"""What becomes of rounds when who asks or who is asked is reorganised."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.opinions.models import OpinionRound, OpinionSheet
from baodao.orgs.queries.tree import worked_for
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _going(plan: ReorganisationPlan) -> QuerySet[OpinionRound]:
    """Rounds that can still be answered."""
    return OpinionRound.objects.filter(
        asker__in=plan.hanging, ended_at=None, due_on__gte=clock.today()
    )


def _without_anybody(plan: ReorganisationPlan) -> QuerySet[OpinionRound]:
    """Rounds of others that nobody could answer any more: those who have not are all gone."""
    if plan.heir_id is not None or not plan.ending:
        return OpinionRound.objects.none()
    silent = OpinionSheet.objects.filter(round=OuterRef("pk"), answered_at=None)
    gone = silent.filter(organisation__in=plan.hanging)
    still = silent.filter(Q(organisation=None) | worked_for("organisation"))
    rows = OpinionRound.objects.filter(ended_at=None, due_on__gte=clock.today())
    rows = rows.filter(Exists(gone), ~Exists(still.exclude(organisation__in=plan.hanging)))
    return rows.exclude(asker__in=plan.hanging)


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
        yield HandoverLine(Fate.ENDS, count + _without_anybody(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor, below which who asked stands from now on, reads the answers; without one
    nobody is asked any more, and a round that only what is gone could answer is over, so that its
    asker may ask somebody else."""
    if plan.heir_id is None:
        alone = list(_without_anybody(plan).values_list("pk", flat=True))
        changes.change(_going(plan), ended_at=plan.at)
        changes.change(OpinionRound.objects.filter(pk__in=alone), ended_at=plan.at)


HANDOVERS = (
    Handover("opinion round", _lines, _hand_over, gettext_noop("rounds of opinions")),
    Handover("opinion sheet"),
)

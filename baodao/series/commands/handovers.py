"""What becomes of series when their community is reorganised."""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.series.models import ActivitySeries


def _going(plan: ReorganisationPlan) -> QuerySet[ActivitySeries]:
    return ActivitySeries.objects.filter(community__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s series goes on with the successor.",
            "%(count)s series go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _going(plan).count(), words)
    else:
        words = ngettext_noop("%(count)s series ends.", "%(count)s series end.")
        yield HandoverLine(Fate.ENDS, _going(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor makes the further dates; without one there are none."""
    if plan.heir_id is None:
        changes.change(_going(plan), ended_at=plan.at, ended_reason=plan.reason)
        return
    changes.change(_going(plan).filter(organiser=F("community")), organiser_id=plan.heir_id)
    changes.change(_going(plan), community_id=plan.heir_id)


HANDOVERS = (Handover("activity series", _lines, _hand_over, gettext_noop("series")),)

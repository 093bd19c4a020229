"""What becomes of call-ups when the place that calls is reorganised."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.callups.models import CallUp
from baodao.kernel import jobs
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _going(plan: ReorganisationPlan) -> QuerySet[CallUp]:
    return CallUp.objects.filter(caller__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s call-up goes on with the successor.",
            "%(count)s call-ups go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _going(plan).count(), words)
    else:
        words = ngettext_noop("%(count)s call-up ends.", "%(count)s call-ups end.")
        yield HandoverLine(Fate.ENDS, _going(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor leads it on and stands it down; without one it is over, and the worker tells
    everybody who was called."""
    if plan.heir_id is None:
        going = list(_going(plan).exclude(called_at=None).values_list("pk", flat=True))
        changes.change(_going(plan), ended_at=plan.at, ended_reason=plan.reason)
        for pk in going:
            jobs.defer("callups.tell_over", lock=f"callups.tell_over:{pk}", call_id=str(pk))
    else:
        changes.change(_going(plan), caller_id=plan.heir_id)


HANDOVERS = (
    Handover("call up", _lines, _hand_over, gettext_noop("call-ups")),
    Handover("call target"),
    Handover("summons"),
)
"""Who was called stays called in the community and the branch of that day; a place to which a
call-up was narrowed is asked for who took it over when it is sent."""

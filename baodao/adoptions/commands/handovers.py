"""What becomes of adoptions and results when an organisation is reorganised: what one adopted is
over with it, of the periods that are not settled; what was said stays with the place of its day."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from baodao.adoptions.models import Adoption
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _adopted(plan: ReorganisationPlan) -> QuerySet[Adoption]:
    today = clock.local(plan.at).date()
    rows = Adoption.objects.filter(organisation__in=plan.ending, withdrawn_at=None)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=today))


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s policy that it adopted ends with it; who takes over adopts its own.",
        "%(count)s policies that it adopted end with it; who takes over adopts its own.",
    )
    yield HandoverLine(Fate.ENDS, _adopted(plan).count(), words)


def _end(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """An adoption that has not begun yet is withdrawn; the others end on this day."""
    today = clock.local(plan.at).date()
    reason = plan.reason[:200]
    changes.change(_adopted(plan).filter(from_on__gt=today), withdrawn_at=plan.at, reason=reason)
    changes.change(
        _adopted(plan).filter(from_on__lte=today), until_on=today, ended_at=plan.at, reason=reason
    )


HANDOVERS = (
    Handover("adoption", _lines, _end, gettext_noop("adopted policies")),
    Handover("policy result"),
)

"""What becomes of proposals and invitations when an organisation is reorganised: invitations that
nobody answered end with the community or the unit that ends; a member's goes with their unit, and
what was answered stays as it was. What was proposed and not adopted is refused when somebody adopts
it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.allocation.commands.proposals import ended_message
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.rules.life import AllocationState, LineState
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import announce_handover
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _invited() -> QuerySet[AllocationLine]:
    rows = AllocationLine.objects.select_related("community", "unit", "person")
    return rows.filter(state=LineState.INVITED).order_by("pk")


def _ending(plan: ReorganisationPlan) -> QuerySet[AllocationLine]:
    units = _invited().filter(unit__in=plan.ending, person=None)
    return units | _invited().filter(community__in=plan.ending)


def _line_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s invitation to serve elsewhere ends.",
        "%(count)s invitations to serve elsewhere end.",
    )
    yield HandoverLine(Fate.ENDS, _ending(plan).count(), words)


def _lines_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_ending(plan).select_for_update(of=("self",), no_key=True))
    changes.move(rows, LineState.ENDED, reason=plan.reason[:200])
    announce_handover(changes, (ended_message(row, plan.reason) for row in rows))
    if plan.heir_id is not None:
        waiting = (LineState.PROPOSED, LineState.INVITED)
        members = AllocationLine.objects.filter(unit__in=plan.ending, person__isnull=False)
        changes.change(members.filter(state__in=waiting), unit_id=plan.heir_id)


def _proposals(plan: ReorganisationPlan) -> QuerySet[Allocation]:
    states = (AllocationState.CALCULATING, AllocationState.READY)
    rows = Allocation.objects.filter(authority__in=plan.ending, state__in=states)
    return rows.order_by("pk")


def _proposal_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s proposal of balanced allocation is withdrawn.",
        "%(count)s proposals of balanced allocation are withdrawn.",
    )
    yield HandoverLine(Fate.ENDS, _proposals(plan).count(), words)


def _proposals_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_proposals(plan).select_for_update(of=("self",), no_key=True))
    changes.move(rows, AllocationState.WITHDRAWN, reason=plan.reason[:200])


HANDOVERS = (
    Handover(
        "allocation", _proposal_lines, _proposals_over, gettext_noop("proposals of allocation")
    ),
    Handover("allocation line", _line_lines, _lines_over, gettext_noop("invitations to serve")),
)

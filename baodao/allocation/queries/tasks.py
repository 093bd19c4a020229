"""What waits of balanced allocation for an authority: on its overview."""

from uuid import UUID

from django.utils.translation import gettext, ngettext

from baodao.allocation.queries.allocations import undecided_proposals
from baodao.insight.queries.tasks import OverviewTask, Tasks
from baodao.kernel.authz import Actor
from baodao.kernel.questions import Question
from baodao.orgs.models import Organisation


def allocation_tasks(actor: Actor, place: Organisation) -> Question[Tasks]:
    """Proposals of which nothing was adopted yet."""
    return undecided_proposals(actor, place).then(_tasks)


def _tasks(ids: list[UUID]) -> Tasks:
    if not ids:
        return []
    words = ngettext(
        "%(n)s proposal waits for your decision", "%(n)s proposals wait for your decision", len(ids)
    )
    facts = (gettext("Balanced allocation"), words % {"n": len(ids)}, gettext("Look and adopt"))
    if len(ids) == 1:
        return [OverviewTask(*facts, "allocation:allocation", row=ids[0])]
    return [OverviewTask(*facts, "allocation:list", "?state=ready")]

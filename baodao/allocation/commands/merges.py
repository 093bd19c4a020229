"""The rows of proposals about a person who was entered twice."""

from typing import Any
from uuid import UUID

from baodao.allocation.models import AllocationLine
from baodao.allocation.queries.allocations import WAITING_STATES
from baodao.allocation.rules.life import LineState
from baodao.identities.rules.merges import REASON
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.stages import move

Json = dict[str, Any]


class InvitationsMerge:
    """The rows of the entry that goes are those of the other from then on, but for proposals in
    which both have one: there that of the entry that goes stays with it, and an invitation of it
    ends, as one person is asked once."""

    key = "allocation"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:  # noqa: ARG002 - a step's shape
        rows = list(AllocationLine.objects.filter(person=gone).order_by("pk").select_for_update())
        ours = AllocationLine.objects.filter(person=kept)
        same = set(ours.values_list("allocation", flat=True))
        waits = ours.filter(state__in=WAITING_STATES, settled_at=None).exists()
        ended = [
            row
            for row in rows
            if row.state == LineState.INVITED and (waits or row.allocation_id in same)
        ]
        move(ended, LineState.ENDED, clock.now(), reason=REASON)
        keys = [row.pk for row in rows if row.allocation_id not in same]
        AllocationLine.objects.filter(pk__in=keys).update(person=kept)
        return {"rows": [str(key) for key in keys], "ended": [str(row.pk) for row in ended]}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002
        rows = AllocationLine.objects.filter(pk__in=notes["rows"], person=kept)
        rows.update(person=gone)

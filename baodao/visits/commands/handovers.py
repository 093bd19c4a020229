"""What becomes of contact points when a place is reorganised: they go on with who takes over, and
end where nobody does; visits stay where they were."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.people.commands.endings import EndingRows
from baodao.people.rules.departures import Departure, Ending
from baodao.visits.commands.contacts import ended_columns
from baodao.visits.models import ContactPoint
from baodao.visits.rules.contacts import ContactEnding

ENDINGS = {
    Ending.LEFT: ContactEnding.LEFT,
    Ending.DIED: ContactEnding.DIED,
    Ending.UNDONE: ContactEnding.LEFT,
}
"""With these a cadre is the contact no longer; who is transferred stays it until it is handed
over."""


def _points(plan: ReorganisationPlan) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(place__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s contact point goes on with the successor.",
            "%(count)s contact points go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _points(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop("%(count)s contact point ends.", "%(count)s contact points end.")
        yield HandoverLine(Fate.ENDS, _points(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """With a successor the rows stay with the place of their day, below it."""
    if plan.heir_id is not None or not plan.ending:
        return
    for row in list(_points(plan)):
        ended_columns(row, ContactEnding.CLOSED, clock.local(plan.at).date())
        columns = {"until": row.until, "ending": row.ending, "reason": plan.reason[:200]}
        changes.change(ContactPoint.objects.filter(pk=row.pk), ended_at=plan.at, **columns)


HANDOVERS = (
    Handover("contact point", _lines, _hand_over, gettext_noop("contact points")),
    Handover("contact visit"),
)


def _of_departed(departures: Sequence[Departure]) -> QuerySet[ContactPoint]:
    gone = [one.person_id for one in departures if one.ending in ENDINGS]
    return ContactPoint.objects.filter(person__in=gone, ended_at=None)


def _end(_actor: Actor, rows: Sequence[ContactPoint], departures: Mapping[UUID, Departure]) -> None:
    """Nobody is told: the place sees that it waits for somebody to take over."""
    for row in rows:
        departure = departures[row.person_id]
        ended_columns(row, ENDINGS[departure.ending], departure.on)
        row.save(update_fields=["until", "ended_at", "ending"])


DEPARTURES = EndingRows(
    ContactPoint,
    ("until", "ended_at", "ending"),
    _of_departed,
    _end,
    words=gettext_noop("contact points"),
)

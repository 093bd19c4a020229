"""What becomes of help groups when a place is reorganised, and of aides who leave their unit."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.helpgroups.models import GroupAide, HelpGroup, MeasureDoer
from baodao.helpgroups.rules.groups import AideEnding
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.people.commands.endings import EndingRows
from baodao.people.rules.departures import Departure, Ending


def _groups(plan: ReorganisationPlan) -> QuerySet[HelpGroup]:
    return HelpGroup.objects.filter(community__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s help group goes on with the successor.",
            "%(count)s help groups go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _groups(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop("%(count)s help group ends.", "%(count)s help groups end.")
        yield HandoverLine(Fate.ENDS, _groups(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """With a successor groups stay with the place of their day, below it; a grid that another took
    over is that one, a grid that is given up is nobody's any more. What a unit or a team does, its
    successor does. Without one groups end, and with them the rights of who is in them."""
    grids = HelpGroup.objects.filter(grid__in=plan.ending, ended_at=None)
    own = grids.filter(grid=plan.organisation_id)
    changes.change(grids.exclude(grid=plan.organisation_id), grid_id=None)
    changes.change(own, grid_id=plan.heir_id)
    doers = MeasureDoer.objects.filter(organisation=plan.organisation_id, measure__ended_at=None)
    if plan.heir_id is not None:
        changes.change(doers, organisation_id=plan.heir_id)
    if plan.heir_id is None and plan.ending:
        changes.change(_groups(plan), ended_at=plan.at, reason=plan.reason[:200])


HANDOVERS = (
    Handover("help group", _lines, _hand_over, gettext_noop("help groups")),
    Handover("group household"),
    Handover("group aide"),
    Handover("measure doer"),
)


def _of_departed(departures: Sequence[Departure]) -> QuerySet[GroupAide]:
    ends = (Ending.LEFT, Ending.DIED, Ending.UNDONE)
    gone = [one.person_id for one in departures if one.ending in ends]
    return GroupAide.objects.filter(person__in=gone, ended_at=None)


def _end(_actor: Actor, rows: Sequence[GroupAide], _: Mapping[UUID, Departure]) -> None:
    """Nobody is told: the group sees that they are in it no longer."""
    for row in rows:
        row.ended_at, row.ending = clock.now(), AideEnding.GONE
        row.save(update_fields=["ended_at", "ending"])


DEPARTURES = EndingRows(
    GroupAide,
    ("ended_at", "ending"),
    _of_departed,
    _end,
    words=gettext_noop("help groups"),
)

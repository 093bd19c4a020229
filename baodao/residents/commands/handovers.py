"""What becomes of files when a community is reorganised: they go on with who takes over; where
nobody does, they stand in the way until the community handed them over or deleted them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList
from baodao.residents.models import HouseholdFile


def _files(plan: ReorganisationPlan) -> QuerySet[HouseholdFile]:
    return HouseholdFile.objects.filter(community__in=plan.hanging, ended_at=None)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s file of a household goes on with the successor.",
            "%(count)s files of households go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _files(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s file of a household must be handed over or deleted first.",
            "%(count)s files of households must be handed over or deleted first.",
        )
        yield HandoverLine(Fate.STANDS, _files(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The files of a community stay with the place of their day, below its successor; a grid that
    is given up is nobody's grid any more."""
    rows = HouseholdFile.objects.filter(grid__in=plan.ending, ended_at=None)
    changes.change(rows, grid_id=None)


HANDOVERS = (
    Handover("household file", _lines, _hand_over, gettext_noop("files of households")),
    Handover("file stay"),
)

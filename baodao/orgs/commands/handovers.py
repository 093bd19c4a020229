"""What becomes of the organisations directly below one that is reorganised."""

from collections.abc import Iterator

from baodao.kernel.authz import Actor
from baodao.kernel.errors import ngettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    UndoList,
)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    below = Organisation.objects.filter(parent=plan.organisation_id, closed_at=None)
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s organisation below it goes along.",
            "%(count)s organisations below it go along.",
        )
        yield HandoverLine(Fate.GOES, below.count(), words)
    elif plan.reform is Reform.DISSOLVED:
        words = ngettext_noop(
            "%(count)s organisation below it is closed with it.",
            "%(count)s organisations below it are closed with it.",
        )
        yield HandoverLine(Fate.ENDS, len(plan.ending) - 1, words)


def _stay(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The reorganisation itself hangs them anew or closes them."""


HANDOVERS = (Handover("organisation", _lines, _stay),)

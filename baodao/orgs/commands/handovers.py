"""What becomes of the organisations directly below one that is reorganised."""

from collections.abc import Iterator

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
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


HANDOVERS = (
    Handover("organisation", _lines, words=gettext_noop("organisations below")),
    Handover("organisation period"),
    Handover("reorganisation"),
    Handover("setting"),
    Handover("successor"),
)

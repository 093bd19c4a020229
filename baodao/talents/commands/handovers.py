"""What becomes of talents when their community is reorganised: the list goes on with who takes
over; where nobody does they are taken out first. What they served stays where it was."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan
from baodao.talents.models import Talent
from baodao.talents.rules.talents import TALENT


def _talents(plan: ReorganisationPlan) -> QuerySet[Talent]:
    return Talent.objects.filter(community__in=plan.hanging, state__in=TALENT.live)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _talents(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s talent is kept by the successor.",
            "%(count)s talents are kept by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s talent is still listed. Take them out first: what they agreed to ends.",
            "%(count)s talents are still listed. Take them out first: what they agreed to ends.",
        )
        yield HandoverLine(Fate.STANDS, count, words)


HANDOVERS = (
    Handover("talent", _lines, words=gettext_noop("talents of residents")),
    Handover("talent service"),
)

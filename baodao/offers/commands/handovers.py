"""What becomes of posts and activities when a community is reorganised."""

from collections.abc import Iterator

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OFFER
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
)


def _offer_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = Offer.objects.filter(community__in=plan.hanging, state__in=OFFER.live).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s post or activity goes on, kept by the successor.",
            "%(count)s posts and activities go on, kept by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s post or activity goes on there. Its community ends or cancels it first.",
            "%(count)s posts and activities go on there. Their community ends or cancels them "
            "first.",
        )
        yield HandoverLine(Fate.STANDS, count, words)


HANDOVERS = (Handover("offer", _offer_lines, words=gettext_noop("posts and activities")),)

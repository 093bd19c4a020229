"""What becomes of claims when the community of their offer is reorganised."""

from collections.abc import Iterator

from baodao.claims.models import Claim
from baodao.claims.rules.lives import CLAIM
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan


def _claim_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop("%(count)s claim goes on with them.", "%(count)s claims go on with them.")
    rows = Claim.objects.filter(community__in=plan.ending, state__in=CLAIM.live)
    if plan.heir_id is not None:
        yield HandoverLine(Fate.GOES, rows.count(), words)


HANDOVERS = (
    Handover("claim", _claim_lines, words=gettext_noop("claims")),
    Handover("seat"),
)

"""What becomes of claims when the community of their offer, or the unit that claims, is
reorganised."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.claims.models import Claim
from baodao.claims.rules.lives import CLAIM
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _of_units(plan: ReorganisationPlan) -> QuerySet[Claim]:
    return Claim.objects.filter(unit__in=plan.hanging, state__in=CLAIM.live).order_by("pk")


def _beside_heirs(plan: ReorganisationPlan) -> QuerySet[Claim]:
    """Claims of what ends in offers that its successor claimed too."""
    heirs = Claim.objects.filter(offer=OuterRef("offer"), unit=plan.heir_id, state__in=CLAIM.live)
    return _of_units(plan).filter(Exists(heirs))


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s claim of the unit is live. The unit gives it up first.",
            "%(count)s claims of the unit are live. The unit gives them up first.",
        )
        yield HandoverLine(Fate.STANDS, _of_units(plan).count(), words)
        return
    beside = ngettext_noop(
        "%(count)s claim stands beside one of the successor in the same offer. One of the two "
        "units gives its claim up first.",
        "%(count)s claims stand beside claims of the successor in the same offers. One of the two "
        "units gives its claims up first.",
    )
    yield HandoverLine(Fate.STANDS, _beside_heirs(plan).count(), beside)
    words = ngettext_noop("%(count)s claim goes on with them.", "%(count)s claims go on with them.")
    here = Claim.objects.filter(community__in=plan.hanging, state__in=CLAIM.live)
    yield HandoverLine(Fate.GOES, here.count() + _of_units(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """The successor speaks for what a unit claimed; who serves by it stays."""
    if plan.heir_id is not None:
        rows = list(_of_units(plan).select_for_update(of=("self",), no_key=True))
        changes.turn(rows, unit_id=plan.heir_id, branch_id=plan.heir_id)


HANDOVERS = (
    Handover("claim", _lines, _hand_over, gettext_noop("claims")),
    Handover("seat"),
)

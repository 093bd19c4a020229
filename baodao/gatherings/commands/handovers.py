"""What becomes of gatherings and materials when an organisation is reorganised: what is ahead goes
on with who takes over, what was stays where it was."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.gatherings.commands.gatherings import messages_about
from baodao.gatherings.models import Gathering, StudyMaterial
from baodao.gatherings.rules.gatherings import GatheringState
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import announce_handover
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _ahead(plan: ReorganisationPlan) -> QuerySet[Gathering]:
    rows = Gathering.objects.filter(organisation__in=plan.hanging, starts_at__gt=plan.at)
    return rows.filter(state=GatheringState.ANNOUNCED).select_related("organisation").order_by("pk")


def _gathering_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _ahead(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s gathering goes on with the successor.",
            "%(count)s gatherings go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s gathering is cancelled.", "%(count)s gatherings are cancelled."
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_over_gatherings(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_ahead(plan), organisation_id=plan.heir_id)
    elif plan.ending:
        rows = list(_ahead(plan).select_for_update(of=("self",), no_key=True))
        words = [
            one
            for row in rows
            for one in messages_about(row, "gathering-cancelled", reason=plan.reason)
        ]
        changes.move(rows, GatheringState.CANCELLED, cancelled_at=plan.at, reason=plan.reason)
        announce_handover(changes, words)


def _materials(plan: ReorganisationPlan) -> QuerySet[StudyMaterial]:
    return StudyMaterial.objects.filter(organisation__in=plan.hanging, withdrawn_at=None)


def _material_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s piece of study material goes to the successor.",
            "%(count)s pieces of study material go to the successor.",
        )
        yield HandoverLine(Fate.GOES, _materials(plan).count(), words)


def _hand_over_materials(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_materials(plan), organisation_id=plan.heir_id)


HANDOVERS = (
    Handover("gathering", _gathering_lines, _hand_over_gatherings, gettext_noop("gatherings")),
    Handover(
        "study material", _material_lines, _hand_over_materials, gettext_noop("study materials")
    ),
)

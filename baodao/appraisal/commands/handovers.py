"""What becomes of drafts of feedback cards when a community is reorganised."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.life import CARD, CardState
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _drafts(plan: ReorganisationPlan) -> QuerySet[FeedbackCard]:
    return FeedbackCard.objects.filter(community__in=plan.hanging, state=CardState.DRAFT)


def _second(plan: ReorganisationPlan) -> Exists:
    """Whether the successor has a card about the same already: of who was registered in both."""
    mine = {name: OuterRef(name) for name in ("person", "year", "occasion")}
    rows = FeedbackCard.objects.filter(community=plan.heir_id, state__in=CARD.live)
    return Exists(rows.filter(**mine))


def _draft_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s draft of a feedback card is not signed any more.",
            "%(count)s drafts of feedback cards are not signed any more.",
        )
        yield HandoverLine(Fate.ENDS, _drafts(plan).count(), words)
        return
    words = ngettext_noop(
        "%(count)s draft of a feedback card goes to the successor.",
        "%(count)s drafts of feedback cards go to the successor.",
    )
    yield HandoverLine(Fate.GOES, _drafts(plan).exclude(_second(plan)).count(), words)
    words = ngettext_noop(
        "%(count)s draft gives way: the successor has a card of this person already. A draft "
        "without a line takes over the line; beside any other card the line is shown.",
        "%(count)s drafts give way: the successor has cards of these persons already. Drafts "
        "without a line take over the lines; beside any other card the line is shown.",
    )
    yield HandoverLine(Fate.ENDS, _drafts(plan).filter(_second(plan)).count(), words)


def _hand_drafts_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Each becomes a draft of the successor, with its line. Where that has a card already the draft
    gives way, and nobody signs it."""
    if plan.heir_id is None:
        return
    list(_drafts(plan).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    second = list(_drafts(plan).filter(_second(plan)).order_by("pk"))
    for draft in [draft for draft in second if draft.judgement]:
        blank = FeedbackCard.objects.filter(
            community=plan.heir_id,
            person=draft.person_id,
            year=draft.year,
            occasion=draft.occasion,
            state=CardState.DRAFT,
            judgement="",
        )
        changes.change(blank, judgement=draft.judgement, judged_by=draft.judged_by)
    changes.move(second, CardState.ASIDE)
    changes.change(_drafts(plan), community_id=plan.heir_id)


HANDOVERS = (
    Handover("feedback card", _draft_lines, _hand_drafts_over, gettext_noop("feedback cards")),
)

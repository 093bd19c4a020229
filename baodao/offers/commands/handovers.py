"""What becomes of posts and activities when a community, or who organises them, is reorganised."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import Message, announce_handover
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
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
    yield from _organised_lines(plan)


def _organised(plan: ReorganisationPlan) -> QuerySet[Offer]:
    """What a unit or team that ends organises in communities that go on, and that is to come."""
    if not plan.ending:
        return Offer.objects.none()
    rows = Offer.objects.filter(organiser__in=plan.hanging, state=OfferState.PUBLISHED)
    ahead = Q(starts_at=None) | Q(starts_at__gt=plan.at)
    return rows.filter(ahead).exclude(community__in=plan.hanging).order_by("pk")


def _returned(plan: ReorganisationPlan) -> QuerySet[Offer]:
    """What was given back to a unit that nobody takes over: nobody is there to put it right."""
    if not plan.ending or plan.heir_id is not None:
        return Offer.objects.none()
    rows = Offer.objects.filter(organiser__in=plan.hanging, state=OfferState.RETURNED)
    return rows.order_by("pk")


def _organised_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _organised(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s post or activity is organised by the successor.",
            "%(count)s posts and activities are organised by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
        return
    words = ngettext_noop(
        "%(count)s post or activity is organised by its community from now on.",
        "%(count)s posts and activities are organised by their communities from now on.",
    )
    yield HandoverLine(Fate.GOES, count, words)
    words = ngettext_noop(
        "%(count)s activity that was given back to it is cancelled.",
        "%(count)s activities that were given back to it are cancelled.",
    )
    yield HandoverLine(Fate.ENDS, _returned(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Who takes over organises what is to come; where nobody does its community, which is told."""
    returned = list(_returned(plan).select_for_update(of=("self",), no_key=True))
    changes.move(returned, OfferState.CANCELLED, ended_at=plan.at, ended_reason=plan.reason)
    rows = list(_organised(plan).select_related("community"))
    for community_id in {row.community_id for row in rows}:
        here = _organised(plan).filter(community=community_id)
        changes.change(here, organiser_id=plan.heir_id or community_id)
    if plan.heir_id is None:
        announce_handover(changes, [_message(row, plan) for row in rows])


def _message(row: Offer, plan: ReorganisationPlan) -> Message:
    facts = {"title": row.title, "unit": plan.name}
    return Message("organiser-gone", organisation_id=row.community_id, about=row.pk, facts=facts)


HANDOVERS = (
    Handover("offer", _offer_lines, _hand_over, words=gettext_noop("posts and activities")),
)

"""From a need to what answers it: a draft with one tap, or an offer that is published already."""

from datetime import datetime, time
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import within
from baodao.offers.commands.need_stages import enter
from baodao.offers.kinds.registry import KINDS, kind_of
from baodao.offers.models import Need, Offer
from baodao.offers.queries.needs import needs
from baodao.offers.rules import NeedState
from baodao.offers.rules.kinds import Kind
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.needs import check_waiting, proposed_day, title_of

FROM, UNTIL = time(9), time(11)
"""What a draft proposes until its editor says else."""


@command
def draft_offer(actor: Actor, *, need_id: UUID, kind: str) -> Offer:
    """Draft an offer of `kind` from a need, which it will answer once it is published.

    The need counts as screened. A second tap, or a colleague's, gets the draft that is there.
    """
    if kind not in KINDS:
        raise Refused("offer.kind", gettext_noop("Choose a post or an activity."))
    need = _editable(actor, need_id)
    if need.offer is not None and need.offer.state == OfferState.DRAFT:
        return need.offer
    check_waiting(need.state)
    draft = _draft(need, kind_of(kind), actor.name)
    need.offer = draft
    need.save(update_fields=["offer"])
    if need.state == NeedState.COLLECTED:
        at = clock.now()
        enter(need, NeedState.SCREENED, at, screened_at=at)
    journal.write(actor, "need.drafted", need.pk, need.community_id, offer=draft.title)
    return draft


@command
def answer_with(actor: Actor, *, need_id: UUID, offer_id: UUID) -> Need:
    """Let a published offer of the same community answer a need."""
    rows = within(Offer.objects.all(), actor, Permission.OFFER_EDIT, "community__path")
    offer = lock(rows, offer_id)
    need = _editable(actor, need_id)
    if need.community_id != offer.community_id:
        raise Absent("offer")
    OFFER.check(offer.state, OfferState.PUBLISHED)
    at = clock.now()
    dates = {"opened_at": at, "screened_at": need.screened_at or at}
    enter(need, NeedState.OPEN, at, offer=offer, **dates)
    journal.write(actor, "need.opened", need.pk, need.community_id, offer=offer.title)
    return need


def _editable(actor: Actor, need_id: UUID) -> Need:
    """The need, locked, for who may also edit offers of its community.

    What it is joined with would be read before the lock: a colleague's draft would be missed.
    """
    rows = within(
        needs(actor, Permission.NEED_SCREEN), actor, Permission.OFFER_EDIT, "community__path"
    )
    return lock(rows.select_related(None), need_id)


def _draft(need: Need, kind: Kind, by: str) -> Offer:
    day = proposed_day(clock.today())
    return Offer.objects.create(
        community=need.community,
        organiser=need.community,
        kind=kind,
        title=title_of(need.text),
        category=need.category,
        place=need.place,
        wanted=kind.places,
        starts_at=datetime.combine(day, FROM, clock.ZONE) if kind.timed else None,
        ends_at=datetime.combine(day, UNTIL, clock.ZONE) if kind.timed else None,
        created_at=clock.now(),
        created_by=by,
    )

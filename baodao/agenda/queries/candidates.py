"""邀请会的人: whom of a community's members an offer fits, for whoever looks for people."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.agenda.queries.suggestions import obstacle_to, sought_of, wisher_of, words_of_another
from baodao.agenda.rules.suggestions import knows, reasons_for, weight_of
from baodao.claims.queries.seats import held_seats, taken_by
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.notices.queries.notices import persons_told
from baodao.notices.queries.pending import PendingRows
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.choices import lists_by
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_in
from baodao.registration.rules.states import State

INVITATION = "offer-fits-you"
"""The kind of notice by which somebody is asked."""

LISTED, WEIGHED = 20, 2_000


@dataclass(frozen=True)
class FittingMember:
    """A member registered here, and why the offer fits them, in the reader's words; whether they
    know about it."""

    registration: Registration
    reasons: tuple[str, ...]
    weight: int
    knows: bool


def candidates(actor: Actor, offer: Offer) -> list[FittingMember]:
    """Whom an offer in scope fits best. Left out are who was asked about it already, and who is
    busy at its hours or holds as many of its kind as one may."""
    rows = people_to_ask(actor, offer).exclude(person__in=persons_told(INVITATION, offer.pk))
    values, here = values_at(offer.community.path), standing_of(offer.community)
    lists = lists_by(values)
    sought = sought_of(offer, values, 0, short=False)
    fitting = []
    for row in rows.order_by("pk")[:WEIGHED]:
        reasons = reasons_for(wisher_of(row.person, here, row.grid, lists), sought)
        words, weight = words_of_another(reasons), weight_of(reasons)
        fitting.append(FittingMember(row, words, weight, knows(reasons)))
    fitting.sort(key=lambda one: (-one.weight, one.registration.person.pinyin))
    busy = taken_by([one.registration.person_id for one in fitting])
    free = (
        one
        for one in fitting
        if one.weight and not obstacle_to(offer, busy[one.registration.person_id], values)
    )
    return list(islice(free, LISTED))


def members_here(
    actor: Actor, offer: Offer, person_ids: Collection[UUID] | None = None
) -> QuerySet[Registration]:
    """Members, of these persons or all, who are registered in the community of an offer."""
    rows = accepted_in(actor, standing_of(offer.community)).filter(state=State.ACCEPTED)
    return rows if person_ids is None else rows.filter(person__in=person_ids)


def _fitting_offers() -> QuerySet[Offer]:
    """For who was asked: the offer while it may be claimed and they have not."""
    claimed = held_seats().filter(
        claim__offer=OuterRef("pk"),
        claim__state__in=CLAIM.live,
        person=OuterRef(OuterRef("person")),
    )
    ahead = Q(starts_at=None) | Q(starts_at__gt=clock.now())
    rows = offer_rows().filter(ahead, pk=OuterRef("about"), state=OfferState.PUBLISHED)
    return rows.exclude(Exists(claimed))


PENDING: dict[str, PendingRows] = {INVITATION: _fitting_offers}
"""For which rows notices ask."""


def people_to_ask(
    actor: Actor, offer: Offer, person_ids: Collection[UUID] | None = None
) -> QuerySet[Registration]:
    """Those of `members_here` who have no live claim in it."""
    seats = held_seats().filter(
        person=OuterRef("person"), claim__offer=offer, claim__state__in=CLAIM.live
    )
    return members_here(actor, offer, person_ids).filter(~Exists(seats))

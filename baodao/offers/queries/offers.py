"""Offers in scope: of a community for those who work there, open ones for members."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Answer, Claim, Offer, Seat
from baodao.offers.rules.kinds import Reach, reach_of, street_of
from baodao.offers.rules.lives import CLAIM, SEATED, ClaimState, OfferState
from baodao.offers.rules.offer_stories import OFFER_STORIES
from baodao.offers.rules.policies import SHORT_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries import places
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.orgs.rules import Kind
from baodao.partnership.queries import partner_units
from baodao.people.queries.members import own_membership
from baodao.registration.models import Registration
from baodao.registration.queries.desks import places_of
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State
from baodao.ui.timelines import TimelineItem, told

Offers = QuerySet[Offer]
Counted = QuerySet[Any]
"""Offers with the numbers of `counted`."""


def offer_rows() -> Offers:
    """Every offer with the names that pages show, for this slice."""
    return Offer.objects.select_related("community__parent", "organiser")


def offers(actor: Actor, permission: Permission = Permission.OFFER_READ) -> Offers:
    """Offers of communities on which the actor holds `permission`."""
    return within(offer_rows(), actor, permission, "community__path")


def offer_of(actor: Actor, offer_id: UUID, permission: Permission) -> Offer:
    """One offer in scope; raises `Absent`."""
    offer: Offer | None = counted(offers(actor, permission)).filter(pk=offer_id).first()
    if offer is None:
        raise Absent("offer")
    return offer


def _of_claims(number: Aggregate, *states: str) -> Coalesce:
    rows = Claim.objects.filter(offer=OuterRef("pk"), state__in=states).order_by()
    numbers = rows.values("offer").annotate(number=number).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def counted(rows: Offers) -> Counted:
    """With `taken` places, `waiting` and `applied` claims, and the needs it `answers`."""
    live = Answer.objects.filter(offer=OuterRef("pk"), until=None).order_by()
    answers = live.values("offer").annotate(number=Count("pk")).values("number")
    return rows.annotate(
        taken=_of_claims(Sum("places"), *SEATED),
        waiting=_of_claims(Count("pk"), ClaimState.WAITING),
        applied=_of_claims(Count("pk"), ClaimState.APPLIED),
        answers=Coalesce(Subquery(answers, output_field=IntegerField()), 0),
    )


def with_particulars(rows: Offers) -> Offers:
    """With what only their kinds keep, so that a list reads it at once."""
    tables = [parts.particulars.name() for parts in PARTS.values() if parts.particulars]
    return rows.select_related(*tables) if tables else rows


def seated_of(offer: Offer) -> int:
    """How many places are taken; the caller holds the offer's lock when it decides by it."""
    rows = Claim.objects.filter(offer=offer, state__in=SEATED)
    taken: int = rows.aggregate(taken=Coalesce(Sum("places"), 0))["taken"]
    return taken


def own_community(actor: Actor) -> tuple[Organisation | None, Registration | None]:
    """Where a member looks for offers: where they are registered, else where they live."""
    registration = own_registration(actor)
    if registration is not None and registration.state == State.ACCEPTED:
        return standing_of(registration.community), registration
    membership = own_membership(actor)
    return (membership.person.home_community if membership else None), None


def open_offers(community: Organisation) -> Offers:
    """What whoever is registered in `community` may claim now: all whose reach takes them in."""
    near = Q()
    for reach in Reach:
        kinds = [kind for kind in every_kind() if kind.reach is reach]
        path = reach_of(reach, community.path)
        near |= Q(kind__in=kinds, community__path__startswith=path)
    street = Q(community__path__startswith=street_of(community.path))
    ahead = Q(starts_at=None) | Q(starts_at__gt=clock.now())
    return offer_rows().filter(near, street, ahead, state=OfferState.PUBLISHED)


def claimable(actor: Actor) -> Offers:
    """What the actor may look at and claim; nothing for who is no member."""
    community, _ = own_community(actor)
    return open_offers(community) if community else Offer.objects.none()


def without_own(rows: Offers, actor: Actor) -> Offers:
    """Without those in which the actor has a seat already."""
    seats = Seat.objects.filter(
        claim__offer=OuterRef("pk"), claim__state__in=CLAIM.live, until=None
    )
    return rows.exclude(Exists(own(seats, actor)))


def short_handed(actor: Actor, community: Organisation) -> Counted:
    """Published offers with places still free: without hours, or that start in a few days."""
    soon = clock.now() + timedelta(days=value_of(SHORT_DAYS, community))
    rows = counted(offers(actor)).filter(
        community__in=ids_below(community.path), state=OfferState.PUBLISHED
    )
    rows = rows.filter(Q(starts_at=None) | Q(starts_at__gt=clock.now(), starts_at__lte=soon))
    return rows.filter(taken__lt=F("places")).order_by("starts_at", "pk")


def organisers_of(actor: Actor, community: Organisation) -> QuerySet[Organisation]:
    """Who may stand behind an offer here: the community, its teams, units that reported here."""
    partners = partner_units(actor, community)
    teams = places_of(community, Kind.TEAM)
    communities = places(Kind.COMMUNITY).filter(pk=community.pk)
    units = places(Kind.UNIT).filter(pk__in=partners.order_by().values("unit"))
    return communities | teams | units


def offer_timeline(offer: Offer, names: Mapping[UUID, str]) -> list[TimelineItem]:
    """What happened to an offer that the caller fetched through its scope, oldest first; `names`
    are those behind the claims that the reader may see."""
    return told(journal.timeline(offer.pk, *names), OFFER_STORIES, names)


def starting_on_the_next_day() -> Offers:
    """Activities of tomorrow of which nobody was reminded yet, for the worker."""
    tomorrow = clock.today() + timedelta(days=1)
    return Offer.objects.filter(
        state=OfferState.PUBLISHED,
        reminded_at=None,
        starts_at__gte=clock.midnight(tomorrow),
        starts_at__lt=clock.end_of(tomorrow),
    )

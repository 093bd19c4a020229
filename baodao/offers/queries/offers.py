"""Offers in scope: of a community for those who work there, open ones for members."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.offers.kinds.parts import PARTS
from baodao.offers.models import Answer, Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.rules.lives import OFFER_STORIES
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_units
from baodao.registration.queries.desks import places_of
from baodao.ui.timelines import TimelineItem, timeline_items

Offers = QuerySet[Offer]
Counted = QuerySet[Any]
"""Offers with the numbers of `counted`."""


def offer_rows() -> Offers:
    """Every offer with the names that pages show, for this slice."""
    return Offer.objects.select_related("community__parent", "organiser")


def offers(actor: Actor, permission: Permission = Permission.OFFER_READ) -> Offers:
    """Offers of communities on which the actor holds `permission`."""
    return within(offer_rows(), actor, permission, "community__path")


def offers_found(rows: Offers, words: str) -> Offers:
    """By words of the title, the place or the specialties."""
    return rows.filter(
        Q(title__icontains=words) | Q(place__icontains=words) | Q(specialties__icontains=words)
    )


def offer_of(actor: Actor, offer_id: UUID, permission: Permission) -> Offer:
    """One offer in scope; raises `Absent`."""
    offer: Offer | None = counted(offers(actor, permission)).filter(pk=offer_id).first()
    if offer is None:
        raise Absent("offer")
    return offer


def counted(rows: Offers) -> Counted:
    """With `taken` places, `waiting` and `applied` claims, and the needs it `answers`."""
    live = Answer.objects.filter(offer=OuterRef("pk"), until=None).order_by()
    answers = live.values("offer").annotate(number=Count("pk")).values("number")
    rows = rows.annotate(answers=Coalesce(Subquery(answers, output_field=IntegerField()), 0))
    return offer_claims().counted(rows)


def with_particulars(rows: Offers) -> Offers:
    """With what only their kinds keep, so that a list reads it at once."""
    tables = [parts.particulars.name() for parts in PARTS.values() if parts.particulars]
    return rows.select_related(*tables) if tables else rows


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
    return timeline_items(
        journal.timeline(offer.pk, *names), {**OFFER_STORIES, **offer_claims().stories}, names
    )

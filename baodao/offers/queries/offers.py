"""Offers in scope: of a community for those who work there, open ones for members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Answer, Offer
from baodao.offers.queries.claims import offer_claims
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.lives import OFFER, OFFER_STORIES, PROPOSALS, OfferState
from baodao.offers.rules.policies import SHORT_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ahead
from baodao.orgs.queries.tree import ids_below, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import contacts_ever, partner_community, partner_units
from baodao.registration.queries.desks import places_of
from baodao.ui.timelines import TimelineItem, timeline_items

Offers = QuerySet[Offer]
Counted = QuerySet[Any]
"""Offers with the numbers of `counted`."""


def titles_of(offer_ids: Collection[UUID]) -> dict[UUID, str]:
    """The titles of these offers, for the journal."""
    return dict(Offer.objects.filter(pk__in=offer_ids).values_list("pk", "title"))


def offer_rows() -> Offers:
    """Every offer with the names that pages show, for this slice."""
    return Offer.objects.select_related("community__parent", "organiser")


def published_until(as_of: datetime) -> Offers:
    """Every offer that was published before an instant and not cancelled by then."""
    rows = Offer.objects.filter(published_at__lt=as_of)
    return rows.exclude(state=OfferState.CANCELLED, ended_at__lt=as_of)


def offers(actor: Actor, permission: Permission = Permission.OFFER_READ) -> Offers:
    """Offers of communities on which the actor holds `permission`."""
    return within(offer_rows(), actor, permission, "community__path")


def organised(actor: Actor) -> Offers:
    """Offers that a unit organises for which the actor may claim, proposed ones too."""
    rows = offer_rows().filter(organiser__kind=Kind.UNIT)
    return within(rows, actor, Permission.CLAIM_MAKE, "organiser__path")


def organised_by(actor: Actor, unit: Organisation) -> Counted:
    """What one unit organises, or one that it took over from, that is not over; what begins first
    first."""
    rows = organised(actor).filter(organiser__in=ids_below(unit.path), state__in=OFFER.live)
    return counted(rows).order_by("starts_at", "pk")


def organised_one(actor: Actor, offer_id: UUID) -> Offer:
    """One that a unit organises; raises `Absent`."""
    offer: Offer | None = counted(organised(actor)).filter(pk=offer_id).first()
    if offer is None:
        raise Absent("offer")
    return offer


def host_of(unit: Organisation) -> Organisation:
    """The community in which a unit organises, its partner; refused without one."""
    community = partner_community(unit)
    if community is None:
        raise Refused(
            "offer.no-partner",
            gettext_noop("Report to a community first; there your unit organises activities."),
        )
    return community


def check_contact(offer: Offer) -> None:
    """Refuse what a unit wants of a community with which its contact has ended."""
    if partner_community(standing_of(offer.organiser)) != standing_of(offer.community):
        raise Refused(
            "offer.contact-ended",
            gettext_noop(
                "The contact of your unit with %(community)s has ended. Take the proposal back; "
                "what your unit plans it proposes where it reports to now."
            ),
            community=offer.community.name,
        )


def recordable(actor: Actor) -> Offers:
    """Offers whose list the actor may keep: of the community, and of a unit that organises them and
    was in contact with the community when they began."""
    lists = [kind for kind in every_kind() if kind.recording is Recording.LIST]
    contacts = contacts_ever().filter(
        Q(ended_at=None) | Q(ended_at__gte=OuterRef("starts_at")),
        unit__path__startswith=OuterRef("organiser__path"),
        community__path__startswith=OuterRef("community__path"),
        accepted_at__lte=OuterRef("starts_at"),
    )
    theirs = organised(actor).filter(Exists(contacts), kind__in=lists)
    theirs = theirs.exclude(state__in=PROPOSALS)
    return offers(actor, Permission.RECORD_CREATE) | theirs


def proposals_to(actor: Actor, community: Organisation) -> Offers:
    """What units want to organise in a community, and waits for its word, the longest first."""
    rows = offers(actor).filter(community__in=ids_below(community.path), state=OfferState.PROPOSED)
    return rows.order_by("created_at", "pk")


def _proposed() -> Offers:
    return Offer.objects.filter(pk=OuterRef("about"), state=OfferState.PROPOSED)


def _returned() -> Offers:
    return Offer.objects.filter(pk=OuterRef("about"), state=OfferState.RETURNED)


PENDING: dict[str, PendingRows] = {"offer-proposed": _proposed, "offer-returned": _returned}
"""For which rows notices ask."""


def short_of_people(rows: Counted) -> Counted:
    """Of `counted` offers the published ones with places still free: without hours, or that start
    within as many days as the community decided. Households that nobody stands by wait in a list of
    their own."""
    pairing = [kind.code for kind in every_kind() if kind.pairs]
    soon = days_ahead(SHORT_DAYS, "community__path")
    rows = rows.filter(state=OfferState.PUBLISHED, taken__lt=F("places")).exclude(kind__in=pairing)
    return rows.filter(Q(starts_at=None) | Q(starts_at__gt=clock.now(), starts_at__lte=soon))


def short_here(actor: Actor, community: Organisation) -> Counted:
    """What a community offers and is short of people for, what begins first first."""
    rows = counted(offers(actor)).filter(community__in=ids_below(community.path))
    return short_of_people(rows).order_by("starts_at", "pk")


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

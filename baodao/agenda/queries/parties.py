"""What a unit may take on together, and who of its members could serve."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baodao.agenda.queries.openings import offers_near
from baodao.agenda.queries.suggestions import obstacle_to
from baodao.claims.queries.seats import servers, taken_by
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Counted, counted, offer_rows
from baodao.offers.rules.kinds import Claimant, street_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_by_path
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.people.queries.members import memberships_of
from baodao.people.queries.search import matching
from baodao.registration.queries.registrations import received_registrations_of

OFFERED, LISTED = 200, 200
"""Offers, and members to choose from, on one page; more members are found by their name."""


def offers_to_unit(actor: Actor, unit: Organisation) -> Counted:
    """What the partner community of a unit, and its neighbours within reach, offer to units now:
    the soonest first, posts after activities. Nothing without a partner, or for who does not claim
    for the unit."""
    community = partner_community(unit)
    if community is None or not actor.may(Permission.CLAIM_MAKE, unit.path):
        return counted(offer_rows().none())
    kinds = [kind for kind in every_kind() if Claimant.UNIT in kind.claimants]
    rows = offers_near(community.path, street_of(community.path)).filter(kind__in=kinds)
    rows = rows.annotate(here=Q(community=community))
    return counted(rows).order_by("-here", F("starts_at").asc(nulls_last=True), "pk")[:OFFERED]


def offer_to_unit(actor: Actor, unit: Organisation, offer_id: UUID) -> Offer:
    """One of them. Raises `Absent`."""
    offer: Offer | None = next(
        (row for row in offers_to_unit(actor, unit) if row.pk == offer_id), None
    )
    if offer is None:
        raise Absent("offer")
    return offer


@dataclass(frozen=True)
class PartyMember:
    """A member whom a unit may send, and why they cannot serve in this offer now; empty where they
    can."""

    membership: Membership
    obstacle: str


@dataclass(frozen=True)
class PartyChoice:
    """Who of a unit may be sent: as many as a page shows, and how many there are."""

    members: list[PartyMember]
    count: int


def party_of(
    unit: Organisation, offer: Offer, words: str = "", serving: Collection[UUID] = ()
) -> PartyChoice:
    """The members in service whom a community has received, without those who are `serving`
    already, by branch and name; who cannot serve in the offer stands last, with the reason."""
    rows = _received(unit).exclude(person__in=serving)
    if words:
        rows = rows.filter(matching(words, prefix="person__"))
    listed = list(rows.order_by("branch__path", "person__pinyin", "pk")[:LISTED])
    people = {one.person_id: one for one in servers([row.person_id for row in listed])}
    busy = taken_by(list(people))
    values = values_by_path({one.path for one in people.values()})
    members = []
    for row in listed:
        taken = busy[row.person_id]
        obstacle = obstacle_to(offer, taken, values[people[row.person_id].path])
        members.append(PartyMember(row, obstacle))
    members.sort(key=lambda one: bool(one.obstacle))
    return PartyChoice(members, rows.count())


def _received(unit: Organisation) -> QuerySet[Membership]:
    received = received_registrations_of(unit).order_by().values("person")
    return memberships_of(unit).filter(person__in=received)

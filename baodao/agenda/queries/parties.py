"""What a unit may take on together, and who of its members could serve."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baodao.agenda.queries.openings import offers_near
from baodao.agenda.queries.suggestions import (
    obstacle_to,
    sought_of,
    wisher_of,
    words_of_another,
)
from baodao.agenda.rules.suggestions import Reason, knows, reasons_for, weight_of
from baodao.claims.queries.seats import servers, taken_by
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Counted, counted, offer_rows, organised_by
from baodao.offers.rules.kinds import Claimant, street_of
from baodao.offers.rules.lives import PROPOSALS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_by_path
from baodao.orgs.queries.tree import standing_of
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.people.queries.choices import lists_by
from baodao.people.queries.members import memberships_of
from baodao.people.queries.search import matching
from baodao.registration.queries.registrations import grids_of, received_registrations_of

OFFERED, LISTED, WEIGHED = 200, 200, 2_000
"""Offers, and members to choose from, on one page, the best fitting of those that are weighed; more
members are found by their name."""


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
    """One of them, or one that the unit itself proposes. Raises `Absent`."""
    rows = (*offers_to_unit(actor, unit), *organised_by(actor, unit).filter(state__in=PROPOSALS))
    offer: Offer | None = next((row for row in rows if row.pk == offer_id), None)
    if offer is None:
        raise Absent("offer")
    return offer


@dataclass(frozen=True)
class PartyMember:
    """A member whom a unit may send, why the offer fits them, in the reader's words, and why they
    cannot serve in it now; empty where they can."""

    membership: Membership
    obstacle: str
    reasons: Sequence[Reason]

    @property
    def words(self) -> tuple[str, ...]:
        """Why it fits, as it is told of somebody else."""
        return words_of_another(self.reasons)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Who can serve comes first, of them who knows about it, then whom it fits best."""
        return bool(self.obstacle), not knows(self.reasons), -weight_of(self.reasons)


@dataclass(frozen=True)
class PartyChoice:
    """Who of a unit may be sent: as many as a page shows, how many there are, and the `others` who
    are ticked and not among these."""

    members: list[PartyMember]
    count: int
    others: list[PartyMember]


def party_of(
    unit: Organisation,
    offer: Offer,
    words: str = "",
    *,
    serving: Collection[UUID] = (),
    ticked: Collection[UUID] = (),
) -> PartyChoice:
    """The members in service whom a community has received, without those who are `serving`
    already, whom the offer fits best first, then by branch and name; who cannot serve in it stands
    last, with the reason. Whoever is `ticked` stays, whatever is searched for."""
    rows = _received(unit).exclude(person__in=serving)
    fitting = rows.filter(matching(words, prefix="person__")) if words else rows
    members = _weighed(offer, fitting.order_by("branch__path", "person__pinyin", "pk")[:WEIGHED])
    listed = members[:LISTED]
    kept = set(ticked) - {one.membership.person_id for one in listed}
    return PartyChoice(listed, fitting.count(), _weighed(offer, rows.filter(person__in=kept)))


def _weighed(offer: Offer, rows: Iterable[Membership]) -> list[PartyMember]:
    """Each of these members, the best fitting first."""
    listed = list(rows)
    people = {one.person_id: one for one in servers([row.person_id for row in listed])}
    busy, grids = taken_by(list(people)), grids_of(people)
    values = values_by_path({offer.community.path, *(one.path for one in people.values())})
    here, there = standing_of(offer.community), values[offer.community.path]
    lists, sought = lists_by(there), sought_of(offer, there, 0, short=False)
    members = []
    for row in listed:
        server = people[row.person_id]
        obstacle = obstacle_to(offer, busy[row.person_id], values[server.path])
        reported = here if server.path == here.path else None
        wisher = wisher_of(row.person, reported, grids.get(row.person_id), lists)
        members.append(PartyMember(row, obstacle, reasons_for(wisher, sought)))
    return sorted(members, key=lambda one: one.rank)


def _received(unit: Organisation) -> QuerySet[Membership]:
    received = received_registrations_of(unit).order_by().values("person")
    return memberships_of(unit).filter(person__in=received)

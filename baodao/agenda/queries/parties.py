"""What a unit or a team may take on together, and who of its members could serve."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from baodao.agenda.queries.openings import Home, claimable, offers_near, search_in
from baodao.agenda.queries.suggestions import (
    place_words_by,
    refusal_of,
    sought_of,
    wisher_of,
    words_of_another,
)
from baodao.agenda.rules.searches import OfferSearch
from baodao.agenda.rules.suggestions import Reason, knows, reasons_for, weight_of
from baodao.claims.queries.claims import parties_in_charge, party_claims, window_teams
from baodao.claims.queries.seats import servers, taken_by
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.queries.offers import (
    Counted,
    Offers,
    counted,
    offer_rows,
    offers,
    organised,
    organised_by,
)
from baodao.offers.rules.kinds import Claimant, street_of
from baodao.offers.rules.lives import PROPOSALS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_by_path
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.people.queries.members import current, memberships_of, unit_of
from baodao.people.queries.search import matching
from baodao.registration.queries.registrations import grids_of, received_registrations_of
from baodao.teams.queries.teams import mates
from baodao.ui.wording import worded

LISTED, WEIGHED = 200, 2_000
"""Members to choose from on one page, the best fitting of those that are weighed; more are found by
words."""


CLAIMED = gettext_noop("has claimed it already")
OUTLINES = {
    "claim.most": gettext_noop("has claimed as much as they may"),
    "claim.overlap": gettext_noop("is elsewhere then"),
}
"""Why somebody cannot serve, by the code of the refusal, for who is to know no more of it; every
other one is that of a claim of theirs on the same offer."""


def host_of(place: Organisation) -> Organisation | None:
    """In whose reach a unit, a branch or a team takes something on: the partner community of the
    unit, the community of a team."""
    if place.kind == Kind.TEAM and place.parent is not None:
        return standing_of(place.parent)
    return partner_community(place)


def offers_to_party(actor: Actor, place: Organisation) -> Counted:
    """What the community of a unit or a team, and its neighbours within reach, offer to such now:
    the soonest first, posts after activities. Nothing without a community, or for who does not
    claim for them."""
    community = host_of(place)
    if community is None or not _claims_for(actor, place):
        return counted(offer_rows().none())
    claimant = Claimant.TEAM if place.kind == Kind.TEAM else Claimant.UNIT
    kinds = [kind for kind in every_kind() if claimant in kind.claimants]
    rows = offers_near(community.path, street_of(community.path)).filter(kind__in=kinds)
    rows = rows.annotate(here=Q(community=community))
    return counted(rows).order_by("-here", F("starts_at").asc(nulls_last=True), "pk")


def offers_through_unit(home: Home) -> Offers:
    """What the unit of a member may take on in its partner community, and send them, who looks from
    `home` and cannot claim it themselves: the soonest first."""
    community = partner_community(unit_of(home.membership.branch)) if home.membership else None
    if community is None:
        return offer_rows().none()
    kinds = [kind for kind in every_kind() if Claimant.UNIT in kind.claimants]
    rows = offers_near(community.path, street_of(community.path))
    rows = rows.filter(community__path__startswith=community.path, kind__in=kinds)
    beyond = rows.exclude(pk__in=claimable(home).order_by().values("pk"))
    return beyond.order_by(F("starts_at").asc(nulls_last=True), "pk")


def _claims_for(actor: Actor, place: Organisation) -> bool:
    """Whether the actor speaks for a unit or a team, or claims for the team at the window."""
    if parties_in_charge(actor).filter(pk=place.pk).exists():
        return True
    return place.kind == Kind.TEAM and window_teams(actor).filter(pk=place.pk).exists()


@dataclass(frozen=True)
class PartyOffers:
    """What the `community` of a unit or a team, and its neighbours, offer to such."""

    community: Organisation | None
    every: Counted

    @property
    def free(self) -> int:
        """How much of it has a place free."""
        return self.every.filter(taken__lt=F("places")).count()


def sought_by_party(
    actor: Actor, place: Organisation, search: OfferSearch, without: Collection[UUID]
) -> PartyOffers:
    """What is looked for of all that is offered to a unit or a team, `without` these offers."""
    rows, community = offers_to_party(actor, place).exclude(pk__in=without), host_of(place)
    if community is not None:
        rows = search_in(rows, search, community)
    return PartyOffers(community, rows)


def offer_to_party(actor: Actor, place: Organisation, offer_id: UUID) -> Offer:
    """One of them, or one that the unit itself proposes. Raises `Absent`."""
    proposed = organised_by(actor, place).filter(state__in=PROPOSALS)
    firsts = (
        rows.filter(pk=offer_id).first() for rows in (offers_to_party(actor, place), proposed)
    )
    offer: Offer | None = next((row for row in firsts if row is not None), None)
    if offer is None:
        raise Absent("offer")
    return offer


def readable_offer(actor: Actor, offer_id: UUID) -> Offer:
    """One of a community in which the actor reads offers; or one that a unit or branch for which
    they speak organises, claimed at any time, or may take on now. Raises `Absent`."""
    claimed = party_claims(actor).filter(offer=offer_id).order_by().values("offer")
    theirs = chain(
        [offers(actor), organised(actor), offer_rows().filter(pk__in=claimed)],
        (offers_to_party(actor, place) for place in _topmost(parties_in_charge(actor))),
    )
    for rows in theirs:
        offer: Offer | None = counted(rows.filter(pk=offer_id)).first()
        if offer is not None:
            return offer
    raise Absent("offer")


def _topmost(parties: Iterable[Organisation]) -> Iterator[Organisation]:
    """Units, and branches and teams of which no unit is among them: one is offered what its unit
    is."""
    above = ""
    for place in sorted(parties, key=lambda one: one.path):
        if not above or not place.path.startswith(above):
            above = place.path
            yield place


@dataclass(frozen=True)
class PartyMember:
    """A member whom a unit or a team may send, why the offer fits them, in the reader's words, and
    why they cannot serve in it now; None where they can."""

    membership: Membership
    refused: Refused | None
    reasons: Sequence[Reason]

    @property
    def obstacle(self) -> str:
        """Why they cannot serve in it, with what they do instead."""
        return worded(self.refused) if self.refused else ""

    @property
    def outline(self) -> str:
        """Why they cannot serve in it, for who reads of nothing that they do elsewhere."""
        return gettext(OUTLINES.get(self.refused.code, CLAIMED)) if self.refused else ""

    @property
    def words(self) -> tuple[str, ...]:
        """Why it fits, as it is told of somebody else."""
        return words_of_another(self.reasons)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Who can serve comes first, of them who knows about it, then whom it fits best."""
        return bool(self.refused), not knows(self.reasons), -weight_of(self.reasons)


@dataclass(frozen=True)
class PartyChoice:
    """Who of a unit or a team may be sent: as many as a page shows, how many there are, and the
    `others` who are ticked and not among these."""

    members: list[PartyMember]
    count: int
    others: list[PartyMember]


def party_of(
    place: Organisation,
    offer: Offer,
    words: str = "",
    *,
    serving: Collection[UUID] = (),
    ticked: Collection[UUID] = (),
) -> PartyChoice:
    """The members whom a community has received, of a unit those in service, without those who are
    `serving` already, whom the offer fits best first, then by branch and name; who cannot serve in
    it stands last, with the reason. Whoever is `ticked` stays, whatever is searched for."""
    rows = _received(place).exclude(person__in=serving)
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
    place_words = place_words_by(there)
    sought = sought_of(offer, place_words, 0, short=False)
    members = []
    for row in listed:
        server = people[row.person_id]
        refused = refusal_of(offer, busy[row.person_id], values[server.path])
        reported = here if server.path == here.path else None
        wisher = wisher_of(row.person, reported, grids.get(row.person_id), place_words.lists)
        members.append(PartyMember(row, refused, reasons_for(wisher, sought)))
    return sorted(members, key=lambda one: one.rank)


def _received(place: Organisation) -> QuerySet[Membership]:
    if place.kind == Kind.TEAM:
        return current().filter(person__in=mates(place).order_by().values("person"))
    received = received_registrations_of(place).order_by().values("person")
    return memberships_of(place).filter(person__in=received)

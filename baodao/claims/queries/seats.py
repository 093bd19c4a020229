"""Seats: who serves by which claim, what it takes of their time, and who has moved away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import not_begun
from baodao.claims.rules.claims import Taken, departed
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.scope import own, within
from baodao.offers.kinds.registry import every_kind, kind_of
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import Reach, reach_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import taken_over_communities
from baodao.orgs.queries.tree import at_paths, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships
from baodao.people.models import Membership
from baodao.people.queries.members import current, ever, unit_column
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State

Seats = QuerySet[Seat]


def every_seat() -> Seats:
    """Every seat that anybody has or had, for slices above."""
    return Seat.objects.all()


def held_seats() -> Seats:
    """Every seat that nobody gave up, whatever became of its claim, with what pages show."""
    rows = Seat.objects.filter(until=None)
    return rows.select_related("person", "branch__parent", "claim__offer")


def seats_ever_of(person_id: UUID) -> Seats:
    """Every seat that a person has or had, for whoever may know all of them."""
    return Seat.objects.filter(person=person_id).select_related("claim__offer__community")


def seats_ever_in(offer: Offer) -> Seats:
    """Every seat that anybody has or had in an offer that the caller fetched through its scope."""
    return Seat.objects.filter(claim__offer=offer).select_related("person", "branch__parent")


def seats_ever_of_team(team: Organisation) -> Seats:
    """Every seat that anybody has or had by the claims of a team."""
    return Seat.objects.filter(claim__team=team)


def seats_ever_on(actor: Actor, offer: Offer) -> Seats:
    """Every seat that anybody has or had in an offer, for those who read there as its community."""
    rows = Seat.objects.select_related("person", "branch__parent", "claim__unit", "claim__team")
    rows = within(rows, actor, Permission.CLAIM_READ, "claim__community__path")
    return rows.filter(claim__offer=offer)


def seats_of(claims: Iterable[Claim]) -> dict[UUID, list[Seat]]:
    """The seats that these claims hold, by the claim; the caller holds their offer's lock when it
    writes."""
    rows = held_seats().filter(claim__in=[claim.pk for claim in claims]).order_by("pk")
    seats: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for seat in rows:
        seats[seat.claim_id].append(seat)
    return seats


def seats_of_day(claims: Iterable[Claim], day: date) -> dict[UUID, list[Seat]]:
    """The seats that were held in these claims at any time of a day, by the claim."""
    rows = Seat.objects.filter(claim__in=[claim.pk for claim in claims])
    rows = rows.filter(since__lt=clock.end_of(day))
    rows = rows.filter(Q(until=None) | Q(until__gte=clock.midnight(day))).order_by("pk")
    seats: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for seat in rows.select_related("person", "claim__offer"):
        seats[seat.claim_id].append(seat)
    return seats


def servers_of(claims: Collection[Claim]) -> dict[UUID, set[UUID]]:
    """The persons who serve by these claims; those of persons are known without looking."""
    others = [claim for claim in claims if claim.person_id is None]
    seats = seats_of(others) if others else {}
    return {
        claim.pk: {claim.person_id}
        if claim.person_id
        else {seat.person_id for seat in seats.get(claim.pk, [])}
        for claim in claims
    }


_TAKEN = """
    SELECT seat.person_id, offer.kind, offer.title, offer.starts_at, offer.ends_at, offer.id,
           claim.state
    FROM claims_seat seat
    JOIN claims_claim claim ON claim.id = seat.claim_id AND claim.state = ANY(%s)
    JOIN offers_offer offer ON offer.id = claim.offer_id
    WHERE seat.person_id = ANY(%s) AND seat.until IS NULL"""


def taken_by(person_ids: Collection[UUID]) -> Mapping[UUID, list[Taken]]:
    """What their seats take of the time of these persons; read under their locks by who decides.

    In plain SQL as all that a claim reads.
    """
    taken: defaultdict[UUID, list[Taken]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [list(CLAIM.live), list(person_ids)])
        for person_id, kind, *facts in cursor.fetchall():
            taken[person_id].append(Taken(kind_of(kind), *facts))
    return taken


@dataclass(frozen=True)
class Server:
    """Somebody who may serve: their branch and team of today, and where they are registered.

    `partner_path` is the partner community of the unit that sends them, empty without one.
    """

    person_id: UUID
    branch_id: int
    branch_path: str
    team_id: int | None
    path: str
    partner_path: str = ""

    def sent_to(self, partner_path: str) -> "Server":
        """The same, sent by a unit whose partner community lies at the path."""
        return replace(self, partner_path=partner_path)

    def in_reach(self, reach: Reach, path: str) -> bool:
        """Whether an offer of a community at `path` takes them."""
        places = (place for place in (self.path, self.partner_path) if place)
        return any(path.startswith(reach_of(reach, place)) for place in places)

    def belongs_to(self, place: Organisation) -> bool:
        """Whether a unit or a team may claim for them."""
        if place.kind == Kind.TEAM:
            return self.team_id == place.pk
        return self.branch_path.startswith(place.path)


def _servers(*person_ids: UUID) -> "QuerySet[Membership, tuple[Any, ...]]":
    rows = current().filter(person__in=person_ids, person__registration__state=State.ACCEPTED)
    place = "person__registration__community"
    registered = ("person__registration__team", f"{place}__path", f"{place}__closed_at")
    facts = ("person", "branch", "branch__path", *registered)
    return rows.order_by("person").values_list(*facts)


_SERVER = Prepared(_servers)


def servers(person_ids: Collection[UUID]) -> list[Server]:
    """Which of these persons are members whom a community has received; read under their locks."""
    rows = _SERVER.rows(*person_ids) if len(person_ids) == 1 else _servers(*person_ids)
    return [_server(*row) for row in rows]


def _server(
    person_id: UUID, branch_id: int, branch_path: str, team_id: int | None, *place: Any
) -> Server:
    """Who was received by a community that another took over is registered there today."""
    path, closed_at = place
    if closed_at is not None:
        path = standing_of(at_paths([path]).get()).path
    return Server(person_id, branch_id, branch_path, team_id, path)


def departed_seats() -> Seats:
    """Seats of live claims whose person may serve by them no more, for the worker: who is
    registered out of the reach of the offer, and who left the unit or the team that claims for
    them.

    Waiting to be received within the reach after a move is enough to stay, so is a place in what
    has begun, and by a unit's claim that the partner community of the unit lies within it.
    """
    here, street = _places_today("claim__community")
    sender = unit_column("claim__unit", "pk")
    seats = held_seats().annotate(here=here, street=street, sending_unit=sender)
    within_reach, gone = _within_reach(), Q()
    for reach, stays in within_reach.items():
        kinds = [kind for kind in every_kind() if kind.reach is reach]
        gone |= Q(~stays, claim__offer__kind__in=kinds)
    ahead = not_begun("claim__offer__")
    return seats.filter(gone | _of_others(), ahead, claim__state__in=CLAIM.live)


def check_stays(actor: Actor, claim_id: UUID) -> None:
    """Refuse what a place in a claim lets its person do where they may serve by it no more, though
    the night that ends it has not come yet."""
    if own(departed_seats(), actor).filter(claim=claim_id).exists():
        raise departed()


def served_until(actor: Actor, claim: Claim) -> date | None:
    """The last day on which the actor could serve by their place in a claim, where they may no more
    and the night that ends it has not come yet; None while they may."""
    if not own(departed_seats(), actor).filter(claim=claim.pk).exists():
        return None
    left = [own(registration_rows(), actor).aggregate(day=Max("ended_on"))["day"]]
    if claim.unit_id is not None:
        left.append(own(ever(), actor).aggregate(day=Max("to_on"))["day"])
    return max((day for day in left if day is not None), default=clock.today())


def _within_reach() -> dict[Reach, Q]:
    """For each reach whether a seat's person, or the unit that claims (for a branch its unit), has
    to do with a place within it."""
    staying = (State.SUBMITTED, State.ACCEPTED)
    theirs = registration_rows().filter(person=OuterRef("person"), state__in=staying)
    partners = partnerships().filter(unit=OuterRef("sending_unit"))
    here, street = _places_today("community")
    rows = [one.annotate(here=here, street=street) for one in (theirs, partners)]

    def meets(**place: OuterRef) -> Q:
        return Q(Exists(rows[0].filter(**place))) | Q(Exists(rows[1].filter(**place)))

    return {
        Reach.COMMUNITY: meets(here=OuterRef("here")),
        Reach.STREET: meets(street=OuterRef("street")),
    }


def _of_others() -> Q:
    """Seats of units' and teams' claims whose person is no longer theirs."""
    members = current().filter(
        person=OuterRef("person"), branch__path__startswith=OuterRef("claim__unit__path")
    )
    mates = registration_rows().filter(
        person=OuterRef("person"),
        state=State.ACCEPTED,
        team=OuterRef("claim__team"),
        team__closed_at=None,
    )
    left_unit = Q(~Exists(members), claim__unit__isnull=False)
    return left_unit | Q(~Exists(mates), claim__team__isnull=False)


def _places_today(community: str) -> tuple[Case, Case]:
    """The community that does today the work of the one in a column, and its street."""
    heirs = taken_over_communities()
    here = [When(**{community: old}, then=Value(heir.pk)) for old, heir in heirs.items()]
    street = [When(**{community: old}, then=Value(heir.parent_id)) for old, heir in heirs.items()]
    number = IntegerField()
    return (
        Case(*here, default=F(community), output_field=number),
        Case(*street, default=F(f"{community}__parent"), output_field=number),
    )

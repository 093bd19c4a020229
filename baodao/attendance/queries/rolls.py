"""Who is to be recorded: the list of an offer, whom one may add to it, and what waits."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from baodao.attendance.queries.check_ins import day_of
from baodao.attendance.rules.rolls import EXPECTED, check_stated
from baodao.claims.models import Seat
from baodao.claims.queries.seats import held_seats, seats_ever_on
from baodao.claims.rules.lives import SERVING, UNTICKED, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import record_rows, standing
from baodao.ledger.rules.records import Entry
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.queries.entries import recorded_in
from baodao.offers.queries.offers import Counted, counted, offer_rows, offers, recordable
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.people.queries.search import matching
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registered_on
from baodao.statements.models import Statement

MOST_MATCHES = 20
RECENT = timedelta(days=92)
"""Who left a place longer ago is not offered on the page of a day."""


@dataclass(frozen=True)
class Roll:
    """Who is expected, who of them is recorded already, who waits without a place."""

    expected: tuple[Seat, ...]
    recorded: tuple[Seat, ...]
    waiting: tuple[Seat, ...]

    @property
    def comers(self) -> list[Seat]:
        """Who may still come: by name who has a place, then who waits for one."""
        return [*self.expected, *self.waiting]


def roll_of(offer: Offer) -> Roll:
    """The list of an offer that the caller fetched through its scope."""
    seats = list(held_seats().filter(claim__offer=offer).order_by("person__pinyin", "pk"))
    came = recorded_in(offer, {seat.person_id for seat in seats})
    left = [seat for seat in seats if seat.served_on is None and seat.person_id not in came]
    return Roll(
        expected=tuple(seat for seat in left if seat.claim.state in EXPECTED),
        recorded=tuple(seat for seat in seats if seat.person_id in came),
        waiting=tuple(seat for seat in left if seat.claim.state == ClaimState.WAITING),
    )


def missed_on(offer: Offer) -> QuerySet[Seat]:
    """Who had a place in an offer whose list is closed, and of whose service no record stands, by
    it or by their own statement; without those who gave their place up."""
    seats = held_seats().filter(claim__offer=offer, claim__state__in=UNTICKED)
    came = recorded_in(offer, set(seats.values_list("person", flat=True)))
    return seats.exclude(person__in=came).order_by("person__pinyin", "pk")


@dataclass(frozen=True)
class Comer:
    """A standing record of a service in an offer; `claimed` where its person had a place in it."""

    record: ServiceRecord
    claimed: bool


def comers_of(offer: Offer) -> list[Comer]:
    """Who was there by the records that stand of an offer the caller fetched through its scope, by
    name: with a place, or added without one."""
    claimants = claimants_of(offer)
    rows = standing(record_rows()).filter(offer_id=offer.pk).order_by("person__pinyin", "id")
    return [Comer(row, row.person_id in claimants) for row in rows]


def claimants_of(offer: Offer) -> set[UUID]:
    """Who has or had a place in an offer, or waits for one, and did not give it up."""
    return set(held_seats().filter(claim__offer=offer).values_list("person", flat=True))


@dataclass(frozen=True)
class ClosedList:
    """Who was there, and who of those with a place was not recorded."""

    comers: list[Comer]
    missed: list[Seat]


def closed_list(_actor: Actor, offer: Offer) -> list[ClosedList]:
    """The list of an offer that the caller fetched through its scope, once it is closed."""
    if offer.kind.recording is not Recording.LIST or offer.state != OfferState.CLOSED:
        return []
    return [ClosedList(comers_of(offer), list(missed_on(offer)))]


def matches_on(
    actor: Actor, community: Organisation, words: str, day: date, *, without: Collection[UUID]
) -> list[Registration]:
    """Members registered in the community on a day whom `words` may mean, `without` these; none for
    no words."""
    if not words.strip():
        return []
    rows = registered_on(actor, community, day).exclude(person__in=without)
    rows = rows.filter(matching(words, prefix="person__"))
    return list(rows.order_by("person__pinyin", "pk")[:MOST_MATCHES])


def registered_persons(
    actor: Actor,
    community: Organisation,
    person_ids: Collection[UUID],
    day: date,
    came: Collection[UUID] = (),
) -> dict[UUID, Registration]:
    """The registrations here on a day of exactly these persons, in scope or among those who `came`;
    raises `Absent` when one had none."""
    rows = registered_on(actor, community, day, came).filter(person__in=set(person_ids))
    by_person = {row.person_id: row for row in rows}
    if set(person_ids) - by_person.keys():
        raise Absent("member")
    return by_person


def rolls_to_record(actor: Actor, community: Organisation) -> Counted:
    """Offers of a community, and of those that it took over from, that have begun and whose list
    is not closed yet, the oldest first."""
    begun = offers(actor).filter(
        community__in=ids_below(community.path),
        kind__in=[kind for kind in every_kind() if kind.recording is Recording.LIST],
        state=OfferState.PUBLISHED,
        starts_at__lte=clock.now(),
    )
    return counted(begun).order_by("starts_at", "pk")


def list_to_keep(actor: Actor, offer_id: UUID) -> Offer:
    """An offer whose list the actor may keep, as its community or as the unit that organises it;
    raises `Absent`."""
    offer: Offer | None = counted(recordable(actor)).filter(pk=offer_id).first()
    if offer is None:
        raise Absent("offer")
    return offer


def day_seats(actor: Actor, offer: Offer) -> list[Seat]:
    """Who serves in an offer that the caller fetched through its scope, by whosever claim, and then
    who held a place within some months. Where one serves once, without whose service is
    recorded."""
    since = clock.now() - RECENT
    now = Q(until=None, claim__state__in=SERVING)
    lately = Q(until__gte=since) | Q(claim__ended_at__gte=since)
    rows = seats_ever_on(actor, offer).filter(now | lately, claim__seated_at__isnull=False)
    if not offer.kind.often:
        rows = rows.filter(served_on=None)
    return sorted(rows.order_by("person__pinyin", "pk"), key=lambda seat: seat.left_at is not None)


def check_hours(service: Entry) -> None:
    """Refuse, of a service that its member states, more time than its offer lasted, where that has
    hours."""
    assert service.offer_id is not None
    offer = offer_rows().get(pk=service.offer_id)
    if offer.starts_at is not None and offer.ends_at is not None:
        check_stated(offer.kind, service.minutes, (offer.starts_at, offer.ends_at))


def not_listed(stated: Collection[Statement]) -> dict[UUID, str]:
    """Of statements that wait, those of whose offer, or of an offer here at their hours, a closed
    list does not have the member as there; in the reader's words."""
    seats = held_seats().filter(
        person__in=[row.person_id for row in stated],
        claim__state__in=UNTICKED,
        claim__offer__state=OfferState.CLOSED,
        claim__offer__starts_at__isnull=False,
        served_on=None,
    )
    by_person: defaultdict[UUID, list[Offer]] = defaultdict(list)
    for seat in seats.select_related("claim__offer"):
        by_person[seat.person_id].append(seat.claim.offer)
    words = gettext("Not on the closed list of “%(title)s”: confirm only if they were there.")
    return {
        row.pk: words % {"title": offer.title}
        for row in stated
        for offer in by_person[row.person_id]
        if _is_of(offer, row)
    }


def _is_of(offer: Offer, row: Statement) -> bool:
    """Whether a statement tells of a service in an offer with hours, or may."""
    if row.offer_id is not None:
        return row.offer_id == offer.pk
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    here = row.community_id == offer.community_id and row.served_on == day_of(offer)
    return here and (row.began_at is None or offer.starts_at <= row.began_at < offer.ends_at)

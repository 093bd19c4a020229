"""What ends of claims when a person died or left or the tree changes, and stands again: places go
to who waits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from baodao.claims.commands.announcements import note, tell, tell_servers
from baodao.claims.commands.seats import end_claims, locked, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import Claims, claim_rows
from baodao.claims.queries.places import standings_of
from baodao.claims.queries.seats import departed_seats, held_seats, taken_by
from baodao.claims.rules.claims import Taken, clash
from baodao.claims.rules.lives import CLAIM, SEATED
from baodao.kernel import clock, jobs
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock_many
from baodao.kernel.marks import is_as_left, marked, marking, put_back
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.people.queries.members import lock_persons
from baodao.people.rules.departures import Departure, Ending, Json, Obstacles

GONE = gettext_noop("Is no longer a member of the unit.")
"""The reason kept with the claims of who died or left; shown translated."""

CHANGED = gettext_noop("claims")
OUT_OF_REACH = gettext_noop("After a reorganisation it is out of reach.")
"""The reason kept with claims that ended with a change of the tree; shown translated."""

BESIDE = gettext_noop("a claim stands beside one that was made since")
NIGHT = timedelta(hours=3, minutes=40)
GONE_ON = gettext_noop("the place of a claim has gone to the next")
CLAIM_COLUMNS = ("state", "reason", "confirm_by", "ended_at", "places")
SEAT_COLUMNS = ("until",)


class ClaimsOfDeparted:
    """The seats of who died or left, and the claims that nobody else serves by.

    Taken back, they stand again while their places are free. A claim of an offer that was closed
    since is over with it.
    """

    key = "claims"

    def let_go(self, actor: Actor, departures: Sequence[Departure]) -> Json:
        """Vacate every seat of who died or left, offer by offer; nothing is said to who died. Who
        had a place in what has begun stays on its list."""
        gone = {one.person_id for one in departures if one.ending in (Ending.DIED, Ending.LEFT)}
        died = {one.person_id for one in departures if one.ending is Ending.DIED}
        rows = held_seats().filter(person__in=gone, claim__state__in=CLAIM.live)
        rows = rows.exclude(claim__offer__starts_at__lte=clock.now())
        offers = lock_many(
            offer_rows(), set(rows.order_by().values_list("claim__offer", flat=True))
        )
        marks = []
        for offer in offers:
            of_offer, ended = _vacate(actor, list(rows.filter(claim__offer=offer)), GONE)
            tell([claim for claim in ended if claim.person_id not in died], "claim-ended")
            fill(actor, offer)
            marks.append(of_offer)
        return {"offers": marks} if marks else {}

    def obstacles(self, marks: Json) -> Obstacles:
        words: defaultdict[UUID, list[str]] = defaultdict(list)
        for one in marks.get("offers", ()):
            for person_id, what in _obstacles_in(one):
                words[person_id].append(what)
        return words

    def take_back(self, actor: Actor, marks: Json) -> None:
        """Put seats and claims back; who claimed is told of a claim that had ended, who serves of a
        seat in one that went on. Refused where a place went to another until their offers were
        locked."""
        keys = [key for one in marks["offers"] for key in one["claims"]["before"]]
        lock_many(offer_rows(), set(_standing(keys).values_list("offer", flat=True)))
        if self.obstacles(marks):
            raise Refused(
                "claim.place-taken",
                gettext_noop(
                    "A place that would be given back was taken just now. Nothing was changed; "
                    "open the page once more, it says who and what stands in the way."
                ),
            )
        for one in marks["offers"]:
            _resume(actor, one)


class ClaimsOutOfReach:
    """The seats that a change of the tree puts out of the reach of who serves by them, or of the
    unit or team that claims (`departed_seats`).

    Their places go on in the night, so that a mistake undone the same day costs nobody theirs.
    Undone later, each stands again whose place is still free and whose person has no other.
    """

    key = "claims"

    def over(self) -> set[UUID]:
        return set(departed_seats().order_by().values_list("pk", flat=True))

    def settle(self, actor: Actor, ids: set[UUID]) -> Json:
        """Vacate these seats, claim by claim."""
        rows = held_seats().filter(pk__in=ids).order_by("pk")
        offer_ids = set(rows.order_by().values_list("claim__offer", flat=True))
        offers = {offer.pk: offer for offer in lock_many(offer_rows(), offer_ids)}
        claims: defaultdict[UUID, list[Seat]] = defaultdict(list)
        for seat in rows:
            claims[seat.claim_id].append(seat)
        marks = []
        for claim_id in sorted(claims):
            marks.append(_vacate(actor, claims[claim_id], OUT_OF_REACH)[0])
            _tell_out_of_reach(claims[claim_id])
        for offer_id in offers:
            jobs.defer("claims.fill_places", at=_next_night(), offer_id=str(offer_id))
        return {"claims": marks}

    def take_back(self, actor: Actor, marks: Json) -> None:
        seats = {key for one in marks["claims"] for key in one["seats"]["before"]}
        claims = {key for one in marks["claims"] for key in one["claims"]["before"]}
        lock_persons(set(Seat.objects.filter(pk__in=seats).values_list("person", flat=True)))
        lock_many(offer_rows(), set(_standing(claims).values_list("offer", flat=True)))
        for one in marks["claims"]:
            if not any(_obstacles_in(one)):
                _resume(actor, one)


def _next_night() -> datetime:
    """When the places of who moved away go on (`claims.tasks`)."""
    return clock.midnight(clock.today() + timedelta(days=1)) + NIGHT


def _tell_out_of_reach(seats: Sequence[Seat]) -> None:
    """Who served by a claim, and the unit that claimed."""
    claim = seats[0].claim
    community = claim.community.name
    tell_servers(seats, "claim-out-of-reach", community=community)
    if claim.unit_id is not None:
        tell([claim], "claim-out-of-reach")


def _resume(actor: Actor, marks: Json) -> None:
    """Let claims and seats of locked offers stand again, as far as the offer goes on; who claimed
    is told of a claim that had ended, who serves of a seat in one that went on."""
    before = marks["claims"]["before"]
    claims = locked(_standing(before))
    seats = list(
        marked(Seat, marks["seats"]).filter(claim__in=claims).select_related("claim__offer")
    )
    resumed = [row for row in claims if row.state != before[str(row.pk)]["state"]]
    put_back(claims, marks["claims"], clock.now())
    put_back(seats, marks["seats"], clock.now())
    note(actor, resumed, "claim.resumed")
    tell(resumed, "claim-resumed")
    for row in seats:
        if row.claim not in resumed:
            tell_servers([row], "claim-seat-given", name=row.claim.claimant_name)


def _standing(claim_ids: Iterable[UUID | str]) -> Claims:
    """These claims, as far as their offer goes on."""
    return claim_rows().filter(pk__in=list(claim_ids), offer__state=OfferState.PUBLISHED)


def _vacate(actor: Actor, seats: Sequence[Seat], reason: str) -> tuple[Json, list[Claim]]:
    """End these seats of a locked offer; returns what stood before and stands after, and the claims
    that nobody serves by any more."""
    claims = locked(claim_rows().filter(pk__in=[seat.claim_id for seat in seats]))
    claim_keys, seat_keys = [row.pk for row in claims], [row.pk for row in seats]
    with (
        marking(Claim, claim_keys, CLAIM_COLUMNS) as of_claims,
        marking(Seat, seat_keys, SEAT_COLUMNS) as of_seats,
    ):
        ended = vacate(claims, seats)
        end_claims(ended, confirm_by=None, reason=reason)
    note(actor, ended, "claim.left")
    return {"claims": of_claims, "seats": of_seats}, ended


def _obstacles_in(marks: Json) -> Iterator[tuple[UUID, str]]:
    """Who cannot have their place in one offer again, and why."""
    seats = list(marked(Seat, marks["seats"]).select_related("claim__offer"))
    seats = [seat for seat in seats if seat.claim.offer.state == OfferState.PUBLISHED]
    if not seats:
        return
    offer = seats[0].claim.offer
    free = offer.places - standings_of([offer.pk])[offer.pk].taken
    before, after = marks["claims"]["before"], marks["claims"]["after"]
    taken = taken_by([seat.person_id for seat in seats])
    for claim_id in {str(seat.claim_id) for seat in seats}:
        free -= _places(before[claim_id]) - _places(after[claim_id])
    for seat in seats:
        if not (is_as_left(seat.claim, marks["claims"]) and is_as_left(seat, marks["seats"])):
            yield seat.person_id, CHANGED
        elif free < 0 and before[str(seat.claim_id)]["state"] in SEATED:
            yield seat.person_id, GONE_ON
        elif _stands_beside(seat, taken[seat.person_id]):
            yield seat.person_id, BESIDE


def _stands_beside(seat: Seat, taken: Sequence[Taken]) -> bool:
    """Whether a seat that ended cannot stand beside what was claimed since: by its claimant in the
    same offer, by its person there or at the same hours."""
    claim, offer = seat.claim, seat.claim.offer
    claimant = {"person": claim.person_id, "unit": claim.unit_id, "team": claim.team_id}
    others = claim_rows().filter(offer=offer, state__in=CLAIM.live, **claimant)
    hours = (offer.starts_at, offer.ends_at)
    return (
        others.exclude(pk=claim.pk).exists()
        or any(one.offer_id == offer.pk for one in taken)
        or clash(hours, taken, offer.pk) is not None
    )


def _places(standing: Json) -> int:
    """The places of the offer that a claim takes as it stands."""
    return int(standing["places"]) if standing["state"] in SEATED else 0

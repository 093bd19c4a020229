"""What ends of claims when a person died or left, and stands again: places go to who waits."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.seats import end_claims, locked, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import Claims, claim_rows
from baodao.claims.queries.places import standings_of
from baodao.claims.queries.seats import Seats, held_seats
from baodao.claims.rules.lives import CLAIM, SEATED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock_many
from baodao.kernel.marks import is_as_left, marked, marking, put_back
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.people.rules.departures import Departure, Ending, Json, Obstacles

GONE = gettext_noop("Is no longer a member of the unit.")
"""The reason kept with the claims of who died or left; shown translated."""

CHANGED = gettext_noop("claims")
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
        marks = [_vacate(actor, offer, rows.filter(claim__offer=offer), died) for offer in offers]
        return {"offers": marks} if marks else {}

    def obstacles(self, marks: Json) -> Obstacles:
        words: defaultdict[UUID, list[str]] = defaultdict(list)
        for one in marks.get("offers", ()):
            for person_id, what in _obstacles_in(one):
                words[person_id].append(what)
        return words

    def take_back(self, actor: Actor, marks: Json) -> None:
        """Put seats and claims back, and tell who claimed; refused where a place of theirs went to
        another until their offers were locked."""
        keys = [UUID(key) for one in marks["offers"] for key in one["claims"]["before"]]
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
            claims = locked(_standing([UUID(key) for key in one["claims"]["before"]]))
            seats = list(marked(Seat, one["seats"]).filter(claim__in=claims))
            put_back(claims, one["claims"], clock.now())
            put_back(seats, one["seats"], clock.now())
            note(actor, claims, "claim.resumed")
            tell(claims, "claim-resumed")


def _standing(claim_ids: Sequence[UUID]) -> Claims:
    """These claims, as far as their offer goes on."""
    return claim_rows().filter(pk__in=claim_ids, offer__state=OfferState.PUBLISHED)


def _vacate(actor: Actor, offer: Offer, rows: Seats, died: set[UUID]) -> Json:
    """End these seats of a locked offer; returns what stood before and stands after."""
    seats = list(rows)
    claims = locked(claim_rows().filter(pk__in=[seat.claim_id for seat in seats]))
    claim_keys, seat_keys = [row.pk for row in claims], [row.pk for row in seats]
    with (
        marking(Claim, claim_keys, CLAIM_COLUMNS) as of_claims,
        marking(Seat, seat_keys, SEAT_COLUMNS) as of_seats,
    ):
        ended = vacate(claims, seats)
        end_claims(ended, confirm_by=None, reason=GONE)
    note(actor, ended, "claim.left")
    tell([claim for claim in ended if claim.person_id not in died], "claim-ended")
    fill(actor, offer)
    return {"claims": of_claims, "seats": of_seats}


def _obstacles_in(marks: Json) -> Iterator[tuple[UUID, str]]:
    """Who cannot have their place in one offer again, and why."""
    seats = list(marked(Seat, marks["seats"]).select_related("claim__offer"))
    seats = [seat for seat in seats if seat.claim.offer.state == OfferState.PUBLISHED]
    if not seats:
        return
    offer = seats[0].claim.offer
    free = offer.places - standings_of([offer.pk])[offer.pk].taken
    before, after = marks["claims"]["before"], marks["claims"]["after"]
    for claim_id in {str(seat.claim_id) for seat in seats}:
        free -= _places(before[claim_id]) - _places(after[claim_id])
    for seat in seats:
        if not (is_as_left(seat.claim, marks["claims"]) and is_as_left(seat, marks["seats"])):
            yield seat.person_id, CHANGED
        elif free < 0 and before[str(seat.claim_id)]["state"] in SEATED:
            yield seat.person_id, GONE_ON


def _places(standing: Json) -> int:
    """The places of the offer that a claim takes as it stands."""
    return int(standing["places"]) if standing["state"] in SEATED else 0

"""A service that was not on the closed list is stated and confirmed: its claim is done."""

from collections.abc import Sequence

from baodao.claims.commands.announcements import note
from baodao.claims.commands.seats import locked, move_claims
from baodao.claims.models import Seat
from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.seats import held_seats
from baodao.claims.rules.lives import UNTICKED, ClaimState
from baodao.kernel.authz import Actor
from baodao.statements.models import Statement


def finish_stated(actor: Actor, rows: Sequence[Statement]) -> None:
    """Who had a place that the closed list does not have as served has served by it once their own
    statement is confirmed, and a claim that ended without a service is done then: of several who
    served by one claim each for themselves. Who stated it reads the answer to the statement, and
    nothing twice. The caller has locked the persons."""
    days = {(row.person_id, row.offer_id): row.served_on for row in rows if row.offer_id}
    unserved = held_seats().filter(
        served_on=None,
        claim__state__in=UNTICKED,
        claim__offer__in={offer for _, offer in days},
        person__in={person for person, _ in days},
    )
    seats = [seat for seat in unserved if (seat.person_id, seat.claim.offer_id) in days]
    for seat in seats:
        seat.served_on = days[seat.person_id, seat.claim.offer_id]
    Seat.objects.bulk_update(seats, ["served_on"])
    came = locked(claim_rows().filter(pk__in={seat.claim_id for seat in seats}))
    move_claims([claim for claim in came if claim.state == ClaimState.ABSENT], ClaimState.DONE)
    note(actor, came, "claim.served")

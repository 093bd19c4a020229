"""A service that was not on the closed list is stated and confirmed: its claim is done."""

from collections.abc import Sequence

from baodao.claims.commands.announcements import note
from baodao.claims.commands.seats import locked, move_claims
from baodao.claims.models import Seat
from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.authz import Actor
from baodao.statements.models import Statement


def finish_stated(actor: Actor, rows: Sequence[Statement]) -> None:
    """Claims that ended without a service are done once a statement of it by who had the place is
    confirmed; who stated it reads the answer to the statement, and nothing twice."""
    days = {(row.person_id, row.offer_id): row.served_on for row in rows if row.offer_id}
    ended = Seat.objects.filter(
        claim__state=ClaimState.ABSENT,
        claim__offer__in={offer for _, offer in days},
        person__in={person for person, _ in days},
    ).select_related("claim")
    seats = [seat for seat in ended if (seat.person_id, seat.claim.offer_id) in days]
    if not seats:
        return
    for seat in seats:
        seat.served_on = days[seat.person_id, seat.claim.offer_id]
    Seat.objects.bulk_update(seats, ["served_on"])
    came = locked(claim_rows().filter(pk__in={seat.claim_id for seat in seats}))
    move_claims(came, ClaimState.DONE)
    note(actor, came, "claim.served")

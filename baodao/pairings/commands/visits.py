"""Visits: stated by who visits, and of which they are reminded."""

from uuid import UUID

from baodao.claims.commands.announcements import MINE
from baodao.claims.queries.seats import held_seats, served_until
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent
from baodao.ledger.rules.records import Entry
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.pairings.models import Visit, VisitReminder
from baodao.pairings.queries.pairings import names_of, own_pairing, to_remind
from baodao.pairings.rules.pairings import VisitFacts, check_visit
from baodao.people.queries.members import lock_persons
from baodao.statements.commands.statements import state_to
from baodao.statements.models import Statement


@command
def state_visit(actor: Actor, *, claim_id: UUID, visit: VisitFacts) -> Statement:
    """State a visit to the household by which the actor stands; the community confirms it, and it
    is a service record then. What would tell where they live is not kept with it. Who moved away
    tells until the night of the visits until that day."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    claim, offer = own_pairing(actor, claim_id)
    seat = held_seats().filter(claim=claim, person=actor.person_id).get()
    begun = [clock.local(at).date() for at in (seat.since, claim.seated_at) if at]
    check_visit(visit, begun, clock.today(), served_until(actor, claim))
    check_nameless([visit.result], names_of(offer), SEALED)
    entry = Entry(
        person_id=actor.person_id,
        served_on=visit.on,
        minutes=visit.minutes,
        category=offer.category,
        way=claim.way,
        result=visit.result.strip(),
        offer_id=offer.pk,
        offer_title=offer.title,
    )
    statement = state_to(actor, offer.community, entry)
    Visit.objects.create(statement=statement, offer_id=offer.pk)
    return statement


@command
def tell_visitors(actor: Actor, *, offer_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Remind who visits of the visit that is due or overdue, once of each; how many are told. Who
    turned reminders off or had enough of them is not."""
    serving = held_seats().filter(claim__offer=offer_id, claim__state=ClaimState.ACTIVE)
    lock_persons(set(serving.values_list("person", flat=True)))
    due = to_remind(offer_id)
    if not due:
        return 0
    [(row, late)] = due
    reminder = VisitReminder.objects.create(offer_id=row.pk, due_on=row.due_on, late=late)
    facts = {"title": row.title, "day": month_day(row.due_on, clock.today())}
    kind = "claim-visit-overdue" if late else "claim-visit-due"
    persons = sorted(set(serving.values_list("person", flat=True)))
    messages = [
        Message(kind, person_id=person, about=reminder.pk, url=MINE, facts=facts)
        for person in persons
    ]
    return len(announce(messages))

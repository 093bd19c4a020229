"""What ends of letters and registrations when a person is no longer a member."""

from collections.abc import Sequence

from baodao.documents.commands import revoke
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.people.rules.departures import Departure, Ending
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import REGISTRATION, EndReason, State

END_REASONS = {Ending.DIED: EndReason.DIED, Ending.LEFT: EndReason.MOVED}
"""Who moved to another unit goes on where they are registered."""

ENDINGS = frozenset({*END_REASONS, Ending.TRANSFERRED})


def let_go(actor: Actor, departures: Sequence[Departure]) -> None:
    """End registrations of who died or left, and take back every letter no community accepted.

    The community is told; so is the member, unless they died.
    """
    by_person = {one.person_id: one for one in departures if one.ending in ENDINGS}
    rows = registration_rows().filter(person__in=by_person, state__in=REGISTRATION.live)
    messages: list[Message] = []
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        departure = by_person[row.person_id]
        if row.state != State.ACCEPTED:
            messages += _withdraw(actor, row, departure)
        elif departure.ending in END_REASONS:
            messages += _end(actor, row, departure)
    announce(messages)


def _end(actor: Actor, row: Registration, departure: Departure) -> list[Message]:
    assert row.accepted_at is not None
    now, why = clock.now(), END_REASONS[departure.ending]
    on = max(departure.on, clock.local(row.accepted_at).date())
    move([row], State.ENDED, now, ended_on=on, ended_at=now, ended_reason=why)
    revoke(about=row.pk)
    facts: dict[str, journal.Fact] = {"ended_on": on.isoformat(), "ended_reason": why.words}
    journal.write(actor, "registration.ended", row.pk, row.community_id, **facts)
    words = {"name": row.person.name, "community": row.community.name}
    to_community = Message(
        "member-ended", organisation_id=row.community_id, about=row.pk, facts=words
    )
    to_member = Message("registration-ended", person_id=row.person_id, about=row.pk, facts=words)
    return [to_community] if departure.ending is Ending.DIED else [to_community, to_member]


def _withdraw(actor: Actor, row: Registration, departure: Departure) -> list[Message]:
    was_presented, why = row.state == State.SUBMITTED, departure.ending.words
    move([row], State.WITHDRAWN, clock.now())
    unit = row.letter.unit
    journal.write(actor, "registration.withdrawn", row.pk, unit.pk, reason=why)
    words = {
        "number": row.letter.number_text,
        "unit": unit.name,
        "name": row.person.name,
        "reason": why,
    }
    messages = []
    if was_presented:
        to = row.community_id
        messages.append(Message("member-withdrawn", organisation_id=to, about=row.pk, facts=words))
    if departure.ending is not Ending.DIED:
        to_member = row.person_id
        messages.append(
            Message("registration-withdrawn", person_id=to_member, about=row.pk, facts=words)
        )
    return messages

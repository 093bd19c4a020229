"""Telling who has a place that it is tomorrow, and units of what nobody has taken on."""

from uuid import UUID

from baodao.agenda.queries.calendars import starting_on_the_next_day
from baodao.agenda.queries.openings import untaken
from baodao.claims.commands.announcements import tell_servers
from baodao.claims.queries.seats import held_seats
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.notices.queries.notices import organisations_told
from baodao.notices.queries.reminders import Reminders
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.offers import when_words
from baodao.partnership.queries import partnerships_in
from baodao.people.queries.members import lock_persons

UNTAKEN = "offer-untaken"


@command
def remind_of(actor: Actor, *, offer_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Remind everybody with a place once, also who has two since two entries of theirs became one;
    not who turned reminders off or had enough of them, nor who takes a place at this moment and
    has just read the day."""
    coming = held_seats().filter(claim__offer=offer_id, claim__state=ClaimState.ACTIVE)
    persons = set(coming.values_list("person", flat=True))
    lock_persons(persons)
    offer = lock(offer_rows(), offer_id)
    if not starting_on_the_next_day().filter(pk=offer.pk).exists() or offer.starts_at is None:
        return 0
    rows = coming.filter(person__in=persons).order_by("pk")
    off = set(rows.filter(person__account__reminders=False).values_list("person", flat=True))
    seats = {seat.person_id: seat for seat in rows}
    reminders = Reminders(list(seats))
    willing = [
        seat
        for seat in seats.values()
        if _may(reminders, seat.person_id, off=seat.person_id in off)
    ]
    when = when_words(offer.starts_at)
    tell_servers(willing, "activity-tomorrow", when=when, place=offer.place)
    offer.reminded_at = clock.now()
    offer.save(update_fields=["reminded_at"])
    return len(willing)


def _may(reminders: Reminders, person_id: UUID, *, off: bool) -> bool:
    try:
        reminders.check(person_id, welcome=not off)
    except Refused:
        return False
    return True


@command
def tell_units(actor: Actor, *, offer_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Tell the partner units of a community, each once, of what is for one person and nobody has
    taken on for days; how many were told."""
    offer = lock(offer_rows(), offer_id)
    if not untaken().filter(pk=offer.pk).exists() or offer.published_at is None:
        return 0
    units = set(partnerships_in(offer.community).values_list("unit", flat=True))
    facts: dict[str, NoticeFact] = {
        "title": offer.title,
        "community": offer.community.name,
        "days": clock.days_since(offer.published_at),
    }
    units -= organisations_told(UNTAKEN, offer.pk)
    announce(
        [
            Message(UNTAKEN, organisation_id=unit, about=offer.pk, facts=facts)
            for unit in sorted(units)
        ]
    )
    return len(units)

"""Every morning: who is called to something tomorrow, and whose birthday it is, is told once."""

from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from baodao.gatherings.commands.gatherings import messages_about, time_words
from baodao.gatherings.queries import birthdays, near_gatherings, party_birthdays
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.notices.commands.notices import Message, announce
from baodao.notices.queries.notices import persons_told
from baodao.people.models import Membership


@command
def tell_of_tomorrow(actor: Actor, *, gathering_id: UUID) -> int:  # noqa: ARG001 - the worker
    """Remind the members who were not reminded yet of a gathering of tomorrow, at this hour: one
    that was moved is another to be reminded of; how many."""
    row = near_gatherings(clock.today()).filter(pk=gathering_id).first()
    if row is None:
        raise Absent("gathering")
    known = persons_told("gathering-near", row.pk, {"at": time_words(row)})
    messages = [one for one in messages_about(row, "gathering-near") if one.person_id not in known]
    return len(announce(messages))


@command
def wish_well(actor: Actor, *, day: date) -> int:  # noqa: ARG001 - the worker, for everybody
    """Wish who has one of the two birthdays on this day well, who was not told yet; how many."""
    wishes = [
        *_wishes("birthday", day, birthdays(day)),
        *_wishes("party-birthday", day, party_birthdays(day)),
    ]
    return len(announce(wishes))


def _wishes(kind: str, day: date, members: Iterable[Membership]) -> list[Message]:
    """A message to each; those of a day are about the day, by which one sees who knows."""
    about = uuid5(NAMESPACE_OID, f"{kind} {day}")
    known = persons_told(kind, about)
    return [
        Message(
            kind,
            person_id=row.person_id,
            about=about,
            facts={"name": row.person.name, **_years(kind, row, day)},
        )
        for row in members
        if row.person_id not in known
    ]


def _years(kind: str, row: Membership, day: date) -> dict[str, int]:
    joined = row.person.joined_on
    return {"years": day.year - joined.year} if kind == "party-birthday" and joined else {}

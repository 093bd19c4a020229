"""Lists on their pages: who is ticked, who was added, whom a search finds, who checked in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from baodao.attendance.queries.check_ins import day_of, kept_on_the_spot, presences
from baodao.attendance.queries.rolls import (
    MOST_MATCHES,
    Comer,
    Roll,
    claimants_of,
    comers_of,
    matches_on,
    missed_on,
    registered_persons,
    roll_of,
)
from baodao.attendance.rules.check_ins import Presence
from baodao.claims.models import Seat
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.people.models import Person
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registered_on


@dataclass(frozen=True)
class TypedRoll:
    """What stands in the page that was sent: ticks, and the words of a search."""

    ticked: Collection[UUID]
    words: str


@dataclass(frozen=True)
class RollLine:
    """Somebody who may have come: on the list, or without having claimed (`new`)."""

    person: Person
    branch: Organisation
    ticked: bool
    new: bool
    presence: Presence | None


@dataclass(frozen=True)
class RollRows:
    """Lines of the list with their ticks; who a search found waits to be ticked unless alone."""

    roll: Roll
    lines: list[RollLine]
    matches: list[Registration]
    words: str
    came: list[Comer]
    kept: bool

    @property
    def full(self) -> bool:
        """Whether a search found as many as are listed, and may have found more."""
        return len(self.matches) >= MOST_MATCHES


def rows_of(actor: Actor, offer: Offer, typed: TypedRoll | None) -> RollRows:
    """Everybody expected is ticked at first, and whoever checked in without having claimed; where
    the list was kept on the spot, who came by it. Ticks survive a search for somebody to add."""
    roll, came = roll_of(offer), presences(offer)
    seats = [*roll.expected, *(seat for seat in roll.waiting if seat.person_id in came)]
    recorded = comers_of(offer)
    listed = {row.person_id for row in (*seats, *roll.recorded)}
    listed |= {row.record.person_id for row in recorded}
    day = day_of(offer)
    community = standing_of(offer.community, day)
    if typed:
        others = set(typed.ticked) - listed
        added = list(registered_persons(actor, community, others, day, came).values())
    else:
        here = registered_on(actor, community, day, came)
        added = list(here.filter(person__in=came.keys() - listed))
    words = typed.words if typed else ""
    listed |= {row.person_id for row in added}
    matches = matches_on(actor, community, words, day, without=listed)
    kept, claimants = kept_on_the_spot(offer), claimants_of(offer)
    first = came.keys() if kept else {row.person_id for row in seats}
    ticked = set(first) if typed is None else set(typed.ticked)
    return RollRows(
        roll=roll,
        lines=[
            *_lines(seats, came, claimants, ticked=ticked),
            *_lines(added, came, claimants),
            *_lines(matches, came, claimants, ticked=None if len(matches) == 1 else ()),
        ],
        matches=matches,
        words=words,
        came=recorded,
        kept=kept,
    )


@dataclass(frozen=True)
class ClosedRoll:
    """A closed list: who was there, who was not recorded, and lines to add somebody who was."""

    comers: list[Comer]
    missed: list[Seat]
    lines: list[RollLine]
    matches: list[Registration]
    words: str

    @property
    def full(self) -> bool:
        """Whether a search found as many as are listed, and may have found more."""
        return len(self.matches) >= MOST_MATCHES


def closed_roll(actor: Actor, offer: Offer, typed: TypedRoll) -> ClosedRoll:
    """Of an offer whose list is closed; nobody is ticked at first, ticks survive a search."""
    comers, missed = comers_of(offer), list(missed_on(offer))
    day, came = day_of(offer), presences(offer)
    community = standing_of(offer.community, day)
    known = {row.record.person_id for row in comers} | {seat.person_id for seat in missed}
    others = set(typed.ticked) - known
    added = list(registered_persons(actor, community, others, day, came).values())
    matches = matches_on(actor, community, typed.words, day, without=known | others)
    claimants = claimants_of(offer)
    lines = [
        *_lines(missed, came, claimants, ticked=set(typed.ticked)),
        *_lines(added, came, claimants),
        *_lines(matches, came, claimants, ticked=None if len(matches) == 1 else ()),
    ]
    return ClosedRoll(comers, missed, lines, matches, typed.words)


def _lines(
    rows: Iterable[Seat | Registration],
    came: Mapping[UUID, Presence],
    claimants: Collection[UUID],
    *,
    ticked: Collection[UUID] | None = None,
) -> list[RollLine]:
    """The lines of some people; all are ticked where nobody in particular is."""
    return [
        RollLine(
            row.person,
            row.branch,
            ticked is None or row.person_id in ticked,
            row.person_id not in claimants,
            came.get(row.person_id),
        )
        for row in rows
    ]

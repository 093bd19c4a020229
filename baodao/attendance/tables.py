"""Lists on their pages: who is ticked, who was added, whom a search found."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from baodao.attendance.queries import MOST_MATCHES, Roll, matches_on, registered_persons, roll_of
from baodao.claims.models import Seat
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.registration.models import Registration


@dataclass(frozen=True)
class TypedRoll:
    """What stands in the page that was sent: ticks, and the words of a search."""

    ticked: Collection[UUID]
    words: str


@dataclass(frozen=True)
class RollRows:
    """Lines of the list with their ticks; `found` waits to be ticked unless it is one alone."""

    roll: Roll
    expected: list[tuple[Seat, bool]]
    added: list[Registration]
    matches: list[Registration]
    words: str
    closed: bool

    @property
    def full(self) -> bool:
        """Whether a search found as many as are listed, and may have found more."""
        return len(self.matches) >= MOST_MATCHES

    @property
    def single(self) -> bool:
        return len(self.matches) == 1

    @property
    def empty(self) -> bool:
        return not (self.expected or self.added or self.matches)


def rows_of(actor: Actor, offer: Offer, typed: TypedRoll | None) -> RollRows:
    """Everybody expected is ticked at first; ticks survive a search for somebody to add."""
    roll = roll_of(offer)
    ticked = set(typed.ticked) if typed else set()
    words = typed.words if typed else ""
    listed = {row.person_id for row in (*roll.expected, *roll.recorded)}
    assert offer.starts_at is not None
    day = clock.local(offer.starts_at).date()
    added = registered_persons(actor, offer.community, ticked - listed, day)
    matches = matches_on(actor, offer.community, words, day)
    return RollRows(
        roll=roll,
        expected=[(row, typed is None or row.person_id in ticked) for row in roll.expected],
        added=list(added.values()),
        matches=[row for row in matches if row.person_id not in listed | added.keys()],
        words=words,
        closed=offer.state != OfferState.PUBLISHED,
    )

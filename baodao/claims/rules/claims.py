"""Who may claim, when a place is given at once, until when an invitation holds, how one leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from baodao.claims.rules.lives import CLAIM, SEATED, SERVING, ClaimState
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.kinds import Claimant, Exit, OfferKind


class Thinking(NamedTuple):
    """How long an invitation holds: `time`, but not later than `before` the start; with less than
    `least` nobody is asked."""

    time: timedelta
    before: timedelta
    least: timedelta


@dataclass(frozen=True)
class Taken:
    """A seat that a person holds, as far as it can stand in the way of another: the offer, and how
    its claim stands."""

    kind: OfferKind
    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    offer_id: UUID | None = None
    state: str = ClaimState.ACTIVE


def check_claimant(kind: OfferKind, claimant: Claimant) -> None:
    """Refuse who does not claim offers of this kind."""
    if claimant not in kind.claimants:
        raise Refused(
            "claim.claimant",
            gettext_noop("This %(kind)s is claimed by members for themselves."),
            kind=kind.words.noun,
        )


def check_party(people: int, places: int) -> None:
    """Refuse nobody, and more people than an offer has places at all."""
    if people < 1:
        raise Refused("claim.nobody", gettext_noop("Choose who serves."))
    if people > places:
        raise Refused(
            "claim.party",
            gettext_noop("There are %(places)s places; choose no more people."),
            places=places,
        )


def check_party_once(*, holds: bool, name: str) -> None:
    """Refuse a second live claim of a unit or a team of one offer."""
    if holds:
        raise Refused(
            "claim.party-again",
            gettext_noop(
                "%(name)s has claimed this already. Change who serves on the page of that claim."
            ),
            name=name,
        )


def check_growth(more: int, *, free: int, waiting: int) -> None:
    """Refuse a claim that holds places `more` of them than are free, or that others wait for."""
    if more > 0 and (more > free or waiting):
        raise Refused(
            "claim.no-more",
            gettext_noop(
                "%(more)s more places are needed and %(free)s are free for you; choose fewer "
                "people, or ask the community for more places."
            ),
            more=more,
            free=0 if waiting else max(0, free),
        )


def check_anew(offer_id: UUID, taken: Iterable[Taken]) -> None:
    """Refuse a second live claim on one offer with how the first stands."""
    for one in taken:
        if one.offer_id == offer_id:
            raise CLAIM.refusal(one.state)


def clash(
    hours: tuple[datetime | None, datetime | None], taken: Iterable[Taken], offer_id: UUID
) -> Taken | None:
    """The place in another offer that somebody holds at these hours; None for who is free then.

    A claim that only waits for a place stands in nobody's way.
    """
    seated = (one for one in taken if one.offer_id != offer_id and one.state in SEATED)
    return next((one for one in seated if overlaps(hours, one)), None)


def check_free(
    hours: tuple[datetime | None, datetime | None], taken: Iterable[Taken], offer_id: UUID
) -> None:
    """Refuse a place in an offer to who holds one in another at the same hours."""
    other = clash(hours, taken, offer_id)
    if other is not None:
        raise overlap(other)


def check_approvable(
    hours: tuple[datetime | None, datetime | None], taken: Iterable[Taken], offer_id: UUID
) -> None:
    """`check_free` in words for who decides about somebody else."""
    other = clash(hours, taken, offer_id)
    if other is not None:
        raise Refused(
            "claim.overlap",
            gettext_noop("Has a place in “%(title)s” at that time already."),
            title=other.title,
        )


def overlap(other: Taken) -> Refused:
    """The refusal of who is elsewhere at that time."""
    return Refused(
        "claim.overlap",
        gettext_noop("A place in “%(title)s” is held at that time; give that up first."),
        title=other.title,
    )


def check_room_for(
    kind: OfferKind,
    hours: tuple[datetime | None, datetime | None],
    taken: Iterable[Taken],
    most: int | None,
) -> None:
    """Refuse more of a kind than the `most` one may hold, or hours that are another claim's."""
    busy = list(taken)
    alike = [one.title for one in busy if one.kind == kind]
    if most is not None and len(alike) >= most:
        raise Refused(
            "claim.most",
            gettext_noop("%(most)s %(kind)s are held already (%(titles)s); leave one first."),
            most=most,
            kind=kind.words.nouns,
            titles="、".join(alike),
        )
    for one in busy:
        if overlaps(hours, one):
            raise overlap(one)


def check_assignable(
    kind: OfferKind,
    hours: tuple[datetime | None, datetime | None],
    taken: Iterable[Taken],
    most: int | None,
    offer_id: UUID,
) -> None:
    """Refuse to keep a place for who has a live claim on the offer, or no room for it: in words for
    a community that may not know what they do elsewhere."""
    busy = list(taken)
    if any(one.offer_id == offer_id for one in busy):
        raise Refused("claim.claimed", gettext_noop("Has claimed it already."))
    try:
        check_room_for(kind, hours, busy, most)
    except Refused:
        raise Refused(
            "claim.busy",
            gettext_noop("Cannot take this on beside what they do. Choose somebody else."),
        ) from None


def overlaps(hours: tuple[datetime | None, datetime | None], other: Taken) -> bool:
    """Whether both have hours and share some of them."""
    starts_at, ends_at = hours
    if not (starts_at and ends_at and other.starts_at and other.ends_at):
        return False
    return starts_at < other.ends_at and other.starts_at < ends_at


def check_place(claim: int, *, free: int, places: int, waiting: int) -> None:
    """Refuse approval to a claim of so many places where fewer are `free`, or where it would pass
    those who wait."""
    if not free:
        raise Refused(
            "claim.full",
            gettext_noop(
                "All %(places)s places are taken. Raise the number, put the claim on the waiting "
                "list, or decline."
            ),
            places=places,
        )
    if free < claim:
        raise Refused(
            "claim.few",
            gettext_noop("%(free)s places are left, and this claim needs %(needed)s."),
            free=free,
            needed=claim,
        )
    if waiting:
        raise Refused(
            "claim.line",
            gettext_noop("Others wait for a place already; put the claim on the waiting list."),
        )


def check_no_place(claim: int, *, free: int, waiting: int) -> None:
    """Refuse to let a claim wait that can be approved: a place is free and nobody waits."""
    if free >= claim and not waiting:
        raise Refused("claim.room", gettext_noop("A place is free; approve the claim."))


def check_in_time(confirm_by: datetime | None, now: datetime) -> None:
    """Refuse an answer to an invitation after the instant until which the place was kept."""
    if confirm_by is not None and confirm_by < now:
        raise Refused(
            "claim.lapsed",
            gettext_noop(
                "The time to confirm is over; the place goes to the next who waits. You may claim "
                "again."
            ),
        )


def departed() -> Refused:
    """The refusal of a place to who is registered out of the reach of the offer by now."""
    return Refused(
        "claim.departed",
        gettext_noop("The registration in the community has ended, and the claim with it."),
    )


def first_state(*, approval: bool, free: int, places: int, waiting: int) -> ClaimState:
    """Where a new claim of so many places stands: for approval, seated, or at the end of the
    waiting list.

    Whoever waits goes before whoever comes.
    """
    if approval:
        return ClaimState.APPLIED
    return ClaimState.ACTIVE if places <= free and not waiting else ClaimState.WAITING


def confirm_until(
    told_at: datetime, starts_at: datetime | None, thinking: Thinking
) -> datetime | None:
    """Until when an invitation, read at `told_at`, holds; None when there is no time to ask.

    It ends some hours before the start, so that a next one can be asked. With too little time to
    think, the place is given at once: who waited wanted it, is told, and gives it up with one tap
    if it no longer fits.
    """
    until = told_at + thinking.time
    if starts_at is not None:
        until = min(until, starts_at - thinking.before)
        if until - told_at < thinking.least:
            return None
    return until


def check_time(until: datetime | None) -> datetime:
    """Refuse to keep a place for somebody who has no time left to answer."""
    if until is None:
        raise Refused(
            "claim.no-time",
            gettext_noop("It begins too soon to ask a named person; call them instead."),
        )
    return until


def leaving(kind: OfferKind, state: str, *, begun: bool) -> ClaimState:
    """What a claim becomes when its claimant gives it up alone.

    Before a place is held nobody need be asked. Where leaving is free, a place is given back until
    the hours begin; elsewhere it needs the community's word, as joining did.
    """
    if state in (ClaimState.APPLIED, ClaimState.WAITING, ClaimState.INVITED):
        return ClaimState.WITHDRAWN
    if state == ClaimState.EXIT_REQUESTED:
        raise CLAIM.refusal(state)
    if state == ClaimState.ACTIVE and kind.exit is Exit.ASKED:
        raise Refused(
            "claim.exit-needs-word",
            gettext_noop(
                "Leaving this %(kind)s needs the community's word; ask to leave, with a reason."
            ),
            kind=kind.words.noun,
        )
    if state == ClaimState.ACTIVE:
        check_not_begun(kind, begun=begun)
    return ClaimState.LEFT


def check_not_begun(kind: OfferKind, *, begun: bool) -> None:
    """Refuse to let go of a place in what has begun: who had one then stays on its list."""
    if begun:
        raise Refused(
            "claim.begun",
            gettext_noop("The %(kind)s has begun; the community notes who came."),
            kind=kind.words.noun,
        )


def check_exit(kind: OfferKind) -> None:
    """Refuse to ask for leaving where nobody need be asked."""
    if kind.exit is Exit.FREE:
        raise Refused(
            "claim.exit-free",
            gettext_noop("This %(kind)s can be given up without asking anybody."),
            kind=kind.words.noun,
        )


def ending_of(state: str, *, served: bool) -> ClaimState:
    """What becomes of a live claim when its offer ends; nobody is blamed for an end."""
    if state not in SERVING:
        return ClaimState.REFUSED
    return ClaimState.DONE if served else ClaimState.LEFT

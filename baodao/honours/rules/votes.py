"""A vote on who is honoured: who may vote, one sheet each, counted in secret, ties settled by hand.

Counts of votes leave this module for whoever settles a tie alone, and only as "the same number":
nowhere is anybody shown as first or last.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code

LONGEST = timedelta(days=30)
FEWEST = 3
"""So many must have voted at least; fewer might tell who voted for whom."""


class VoterGroup(Code):
    """By which role somebody votes."""

    MEMBERS = "members", gettext_noop("Members who belong here")
    SECRETARIES = "secretaries", gettext_noop("Secretaries of branches, units and communities")
    WORKERS = "workers", gettext_noop("Staff of units and communities")


@dataclass(frozen=True)
class VoteFacts:
    """Who votes, by role and by name (names to sign in with, or volunteer numbers), until when."""

    groups: frozenset[VoterGroup]
    names: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class VoteResult:
    """Who is chosen by the votes, and who has the same number of votes where `places` are left for
    fewer than them."""

    elect: frozenset[UUID]
    tied: frozenset[UUID]
    places: int


def vote_result(
    candidates: Collection[UUID], ballots: Iterable[Collection[UUID]], most: int
) -> VoteResult:
    """The `most` candidates with most votes; who got none is not chosen. The order of sheets and
    candidates does not matter."""
    counts = Counter(one for ballot in ballots for one in set(ballot) if one in candidates)
    by_votes: dict[int, set[UUID]] = {}
    for candidate, votes in counts.items():
        by_votes.setdefault(votes, set()).add(candidate)
    elect: set[UUID] = set()
    for votes in sorted(by_votes, reverse=True):
        level, left = by_votes[votes], most - len(elect)
        if len(level) > left:
            tied = frozenset(level) if left else frozenset[UUID]()
            return VoteResult(frozenset(elect), tied, left if tied else 0)
        elect |= level
    return VoteResult(frozenset(elect), frozenset(), 0)


def check_vote(facts: VoteFacts, today: date, voters: int, candidates: int) -> None:
    """Refuse a vote of too few people, on nobody, or without days in which to vote."""
    if not today <= facts.until <= today + LONGEST:
        raise Refused(
            "honour.vote-days",
            gettext_noop("Choose a last day of the vote between today and %(latest)s."),
            latest=today + LONGEST,
        )
    if voters < FEWEST:
        raise Refused(
            "honour.voters",
            gettext_noop(
                "%(count)s people with an account would vote; at least %(fewest)s must, so that "
                "nobody can find out who voted for whom."
            ),
            count=voters,
            fewest=FEWEST,
        )
    if candidates == 0:
        raise Refused(
            "honour.nobody-named", gettext_noop("Nobody is named yet; name who is voted on.")
        )


def check_ballot(ticks: Collection[UUID], candidates: Collection[UUID], most: int) -> None:
    """Refuse a sheet with nobody, with more than may be chosen, or with who is not voted on."""
    if set(ticks) - set(candidates):
        raise Refused("honour.stranger", gettext_noop("Tick people and units of this list only."))
    if not 1 <= len(set(ticks)) <= most:
        raise Refused(
            "honour.ticks", gettext_noop("Tick at least one and at most %(most)s."), most=most
        )


def check_voting(*, voted: bool, until: date | None, today: date) -> None:
    """Refuse a second sheet, and one after the last day."""
    if voted:
        raise Refused(
            "honour.voted", gettext_noop("You have voted already; a sheet is not changed.")
        )
    if until is None or today > until:
        raise Refused("honour.vote-over", gettext_noop("The last day of this vote is over."))


def check_closing(until: date | None, today: date, voted: int, voters: int) -> None:
    """Refuse to count before the last day is over, unless all have voted, and with too few
    sheets."""
    if voted < voters and (until is None or today <= until):
        raise Refused(
            "honour.vote-goes-on",
            gettext_noop("The vote goes on until %(day)s; count it when it is over, or all voted."),
            day=until,
        )
    if voted < FEWEST:
        raise Refused(
            "honour.few-sheets",
            gettext_noop(
                "Only %(count)s have voted; at least %(fewest)s must. Give the vote more days."
            ),
            count=voted,
            fewest=FEWEST,
        )


def settled(result: VoteResult, picks: Collection[UUID]) -> frozenset[UUID]:
    """Who is chosen, with the tie settled by `picks`; refused unless they fill exactly the places
    that are left, with people who have the same number of votes."""
    if not result.tied:
        return result.elect
    if len(set(picks)) != result.places or not set(picks) <= result.tied:
        raise Refused(
            "honour.tie",
            gettext_noop(
                "Several have the same number of votes. Choose %(places)s of them, and say why."
            ),
            places=result.places,
        )
    return result.elect | frozenset(picks)

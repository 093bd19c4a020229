"""Who votes, who has voted, and what one votes on; for whom somebody voted is asked nowhere. For
what of honours a notice asks."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from baodao.accounts.queries import account_named, accounts_that_open, grants_in_force
from baodao.honours.models import HonourBallot, HonourRound, HonourVoter
from baodao.honours.queries.rounds import open_objections
from baodao.honours.queries.subjects import members_at
from baodao.honours.rules.lives import HonourState
from baodao.honours.rules.votes import VoteFacts, VoteResult, VoterGroup, vote_result
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.notices.queries.pending import PendingRows

_ROLES = {
    VoterGroup.SECRETARIES: (
        Role.BRANCH_SECRETARY,
        Role.UNIT_SECRETARY,
        Role.COMMUNITY_SECRETARY,
    ),
    VoterGroup.WORKERS: (Role.UNIT_CLERK, Role.COMMUNITY_WORKER),
}


def voters_of(round: HonourRound, facts: VoteFacts) -> set[UUID]:  # noqa: A002 - the field's own term
    """The accounts that may vote, by the relations of now. Refused for a name that nobody has."""
    path, keys = round.organisation.path, set[UUID]()
    for group in facts.groups:
        if group is VoterGroup.MEMBERS:
            members = members_at(round.organisation, clock.now()).order_by().values("person")
            keys |= set(
                accounts_that_open().filter(person__in=members).values_list("pk", flat=True)
            )
            continue
        rows = grants_in_force().filter(role__in=_ROLES[group], organisation__path__startswith=path)
        keys |= set(rows.values_list("account", flat=True))
    return keys | {_named(name) for name in facts.names}


def _named(name: str) -> UUID:
    """The account with a name to sign in with, or of who has a volunteer number."""
    key = account_named(name)
    if key is None:
        raise Refused(
            "honour.voter-unknown",
            gettext_noop("Nobody has the account or the volunteer number “%(name)s”."),
            name=name,
        )
    return key


def voter_rows() -> QuerySet[HonourVoter]:
    """Every voter with the round, for whoever votes."""
    return HonourVoter.objects.select_related("round__organisation")


def own_voters(actor: Actor) -> QuerySet[HonourVoter]:
    """The rounds that ask the actor for a vote, or did."""
    if actor.account_id is None:
        return voter_rows().none()
    return voter_rows().filter(account=actor.account_id).order_by("-round__begun_at", "pk")


def open_votes() -> QuerySet[HonourVoter]:
    """Whose vote is waited for."""
    today = clock.today()
    return HonourVoter.objects.filter(
        voted_on=None, round__state=HonourState.VOTE, round__ballot_until__gte=today
    )


def own_voter(actor: Actor, round_id: UUID) -> HonourVoter:
    """The actor as a voter of a round that is voted on; raises `Absent`."""
    row = own_voters(actor).filter(round=round_id, round__state=HonourState.VOTE).first()
    if row is None:
        raise Absent("voter")
    return row


def count_votes(round: HonourRound, candidates: set[UUID]) -> VoteResult:  # noqa: A002 - as above
    """Who is chosen by the sheets so far, and whether there is a tie."""
    rows = HonourBallot.objects.filter(round=round).values_list("ticks", flat=True)
    sheets = [[UUID(one) for one in ticks] for ticks in rows]
    return vote_result(candidates, sheets, round.most)


def tie_of(round: HonourRound) -> VoteResult:  # noqa: A002 - as above
    """The result for who settles a tie: nobody is told of one before the vote is over."""
    voters = HonourVoter.objects.filter(round=round)
    waiting = voters.filter(voted_on=None).exists()
    is_over = round.ballot_until is not None and clock.today() > round.ballot_until
    if round.state != HonourState.VOTE or (waiting and not is_over):
        return VoteResult(frozenset(), frozenset(), 0)
    return count_votes(round, set(round.proposals.values_list("pk", flat=True)))


def _votes() -> QuerySet[Any]:
    """For which voter a notice asks for a vote."""
    return open_votes().filter(pk=OuterRef("about"))


def _answers() -> QuerySet[Any]:
    """For which objection a notice asks for an answer."""
    return open_objections().filter(pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = {"honour-vote": _votes, "honour-objection": _answers}
"""For which rows notices ask."""

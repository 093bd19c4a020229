"""A vote is opened to people by role and by name, each gives one sheet, and it is counted."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID, uuid4

from baodao.honours.models import HonourBallot, HonourRound, HonourVoter
from baodao.honours.queries.rounds import DECIDE, PROPOSE, rounds_to_act
from baodao.honours.queries.votes import count_votes, own_voter, voter_rows, voters_of
from baodao.honours.queries.words import official_title
from baodao.honours.rules.lives import BY_NAME, HONOUR_ROUND, HonourState
from baodao.honours.rules.votes import (
    VoteFacts,
    check_ballot,
    check_closing,
    check_vote,
    check_voting,
    settled,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce


@command
def begin_vote(actor: Actor, *, round_id: UUID, facts: VoteFacts) -> HonourRound:
    """Let people vote on who is named, once each, until a day; each is told once."""
    row = lock(rounds_to_act(actor, PROPOSE), round_id)
    if row.kind not in BY_NAME:
        raise Absent("round")
    HONOUR_ROUND.check(row.state, HonourState.DRAFT)
    if row.counted_at is not None:
        raise Refused("honour.counted", gettext_noop("This round was voted on already."))
    accounts = voters_of(row, facts)
    check_vote(facts, clock.today(), len(accounts), row.proposals.count())
    move([row], HonourState.VOTE, clock.now(), ballot_until=facts.until)
    HonourVoter.objects.bulk_create(
        HonourVoter(round=row, account_id=key) for key in sorted(accounts)
    )
    announce(_requests(row, facts.until))
    journal.write(actor, "honour.vote-opened", row.pk, row.organisation_id, count=len(accounts))
    return row


def _requests(row: HonourRound, until: date) -> Iterable[Message]:
    """One sentence to each voter: to the person, or to the account that is nobody's."""
    facts = {
        "place": row.organisation.name,
        "title": official_title(row),
        "day": month_day(until, clock.today()),
    }
    for voter in voter_rows().filter(round=row, voted_on=None).select_related("account"):
        person = voter.account.person_id
        yield Message(
            "honour-vote",
            person_id=person,
            account_id=None if person else voter.account_id,
            about=voter.pk,
            url=f"/honours/{row.pk}/ballot/",
            facts=facts,
        )


@command
def cast_ballot(actor: Actor, *, round_id: UUID, proposal_ids: Collection[UUID]) -> HonourVoter:
    """Vote, once. The sheet is kept without the voter, and of the voter only the day."""
    voter = lock(voter_rows(), own_voter(actor, round_id).pk)
    row = voter.round
    check_voting(voted=voter.voted_on is not None, until=row.ballot_until, today=clock.today())
    ticks = set(proposal_ids)
    check_ballot(ticks, set(row.proposals.values_list("pk", flat=True)), row.most)
    voter.voted_on = clock.today()
    voter.save(update_fields=["voted_on"])
    HonourBallot.objects.create(id=uuid4(), round=row, ticks=sorted(str(one) for one in ticks))
    return voter


@command
def extend_vote(actor: Actor, *, round_id: UUID, until: date) -> HonourRound:
    """Give the vote more days; who has not voted is told once more."""
    row = lock(rounds_to_act(actor, PROPOSE), round_id)
    HONOUR_ROUND.check(row.state, HonourState.VOTE)
    assert row.ballot_until is not None
    if until <= max(row.ballot_until, clock.today()):
        raise Refused(
            "honour.extension", gettext_noop("Choose a day after the last day of the vote.")
        )
    row.ballot_until = until
    row.save(update_fields=["ballot_until"])
    announce(_requests(row, until))
    journal.write(actor, "honour.vote-extended", row.pk, row.organisation_id, day=until.isoformat())
    return row


def check_over(row: HonourRound) -> int:
    """How many have voted; refused while the vote goes on, and where they are too few."""
    voters = HonourVoter.objects.filter(round=row)
    voted = voters.exclude(voted_on=None).count()
    check_closing(row.ballot_until, clock.today(), voted, voters.count())
    return voted


@command
def count_ballots(
    actor: Actor, *, round_id: UUID, picks: Collection[UUID] = (), reason: str = ""
) -> HonourRound:
    """Close the vote and propose who has most votes; a tie for the last places is settled by
    `picks`, with a reason that stays. A person signs the outcome as any other proposal."""
    row = lock(rounds_to_act(actor, DECIDE), round_id)
    HONOUR_ROUND.check(row.state, HonourState.VOTE)
    voted = check_over(row)
    candidates = set(row.proposals.values_list("pk", flat=True))
    result = count_votes(row, candidates)
    why = check_reason(reason) if result.tied else ""
    elect = settled(result, picks)
    row.proposals.update(proposed="passed-over")
    row.proposals.filter(pk__in=elect).update(proposed="chosen")
    move([row], HonourState.DRAFT, clock.now(), counted_at=clock.now(), tie_reason=why)
    journal.write(actor, "honour.counted", row.pk, row.organisation_id, count=voted)
    return row

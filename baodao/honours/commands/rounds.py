"""A round is begun with what the policy says of each, people and units are named, or it is
withdrawn."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from baodao.accounts.queries import is_on
from baodao.accounts.rules import STARS
from baodao.documents.commands import revoke
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.grounds import ground_of, grounds_of
from baodao.honours.queries.rounds import DECIDE, PROPOSE, proposals_to_edit, rounds_to_act
from baodao.honours.queries.subjects import members_at, subject_named
from baodao.honours.queries.words import official_title
from baodao.honours.rules.lives import (
    BY_NAME,
    HONOUR_ROUND,
    OF_EVERYBODY,
    HonourKind,
    HonourState,
)
from baodao.honours.rules.rounds import (
    GROUND,
    HonourRoundFacts,
    PolicyGround,
    check_round,
    check_single,
    proposed_verdict,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import lock_persons


@command
def begin_round(actor: Actor, *, organisation_id: int, facts: HonourRoundFacts) -> HonourRound:
    """Begin to judge one thing of one time. Of what is said of everybody each member of that
    instant is proposed, with what the results of the adopted policy say; nobody is judged by
    that: a person signs each. Star grades are refused unless their switch is on."""
    place = lock(organisations(actor, PROPOSE), organisation_id)
    check_open(place)
    check_round(facts, Kind(place.kind), clock.today())
    _check_switch(facts.kind, place)
    period = str(facts.period)
    same = HonourRound.objects.filter(organisation=place, kind=facts.kind, period_text=period)
    check_single(same.exclude(state=HonourState.WITHDRAWN).exists())
    row = HonourRound.objects.create(
        organisation=place,
        kind=facts.kind,
        period_text=period,
        as_of=min(clock.now(), facts.period.ends_at),
        most=0 if facts.kind in OF_EVERYBODY else facts.most,
        begun_by=actor.name,
    )
    if facts.kind in OF_EVERYBODY:
        HonourProposal.objects.bulk_create(_proposals(actor, row))
    journal.write(actor, "honour.begun", row.pk, place.pk, name=official_title(row))
    return row


def _check_switch(kind: HonourKind, place: Organisation) -> None:
    if kind is HonourKind.RATING and not is_on(STARS, place):
        raise Refused(
            "honour.stars-off",
            gettext_noop(
                "Star grades of people are off here. They need a switch with its basis, an "
                "approver, a second administrator and an end date."
            ),
        )


def _proposals(actor: Actor, row: HonourRound) -> Iterable[HonourProposal]:
    grounds, kind = grounds_of(actor, row), HonourKind(row.kind)
    for member in members_at(row.organisation, row.as_of):
        ground = grounds.get(member.person_id)
        yield HonourProposal(
            round=row,
            person_id=member.person_id,
            branch=member.branch,
            proposed=proposed_verdict(kind, ground) or "",
            ground=ground_kept(ground),
            award=ground.star if ground and kind is HonourKind.RATING else "",
        )


def ground_kept(ground: PolicyGround | None) -> dict[str, Any]:
    """What is kept of a ground beside the proposal: which result of which version, and why."""
    if ground is None:
        return {}
    return {
        "result": str(ground.result_id),
        "version": ground.version,
        "state": ground.state,
        "reason": ground.reason,
    }


@command
def nominate(actor: Actor, *, round_id: UUID, name: str, reason: str) -> HonourProposal:
    """Name a member or a unit for an honour, with the reason; refused for who did not belong here
    at the instant of the round."""
    row = lock(rounds_to_act(actor, PROPOSE), round_id)
    HONOUR_ROUND.check(row.state, HonourState.DRAFT)
    if row.kind not in BY_NAME or row.counted_at is not None:
        raise Absent("round")
    why = check_reason(reason, GROUND)
    subject = subject_named(row, name)
    person_id = subject.person.pk if subject.person is not None else None
    ground = ground_of(actor, row, person_id) if person_id else None
    if row.proposals.filter(person=person_id, branch=subject.branch).exists():
        raise Refused("honour.named", gettext_noop("This one is named already."))
    proposal = HonourProposal.objects.create(
        round=row,
        person=subject.person,
        branch=subject.branch,
        nomination=why,
        named_by=actor.name,
        proposed="chosen",
        ground=ground_kept(ground),
    )
    about = subject.person.number if subject.person else subject.branch.name
    journal.write(actor, "honour.named", row.pk, row.organisation_id, name=about)
    return proposal


@command
def remove_nominee(actor: Actor, *, proposal_id: UUID) -> HonourProposal:
    """Take out who was named, before anything was signed or voted on."""
    proposal = lock(proposals_to_edit(actor), proposal_id)
    HONOUR_ROUND.check(proposal.round.state, HonourState.DRAFT)
    is_free = proposal.nomination and not proposal.verdict and not proposal.round.counted_at
    if not is_free:
        raise Refused(
            "honour.not-removable",
            gettext_noop("A word on this one was signed or voted on; change the word instead."),
        )
    about, row = proposal.name, proposal.round
    number = proposal.person.number if proposal.person else about
    proposal.delete()
    journal.write(actor, "honour.unnamed", row.pk, row.organisation_id, name=number)
    return proposal


@command
def withdraw_round(actor: Actor, *, round_id: UUID, reason: str) -> HonourRound:
    """Withdraw a round with a reason, also after its final list: its papers verify no longer, and
    whoever a word was signed on is told if they knew."""
    why = check_reason(reason)
    seen = _row(actor, round_id)
    persons = [one for one in seen.proposals.values_list("person", flat=True) if one]
    lock_persons(persons)
    row = lock(rounds_to_act(actor, DECIDE), round_id)
    was = row.state
    move([row], HonourState.WITHDRAWN, clock.now(), withdrawn_at=clock.now(), reason=why)
    revoke(about=row.pk)
    for proposal in row.proposals.all():
        revoke(about=proposal.pk)
    if was in (HonourState.PUBLIC, HonourState.FINAL):
        facts = {"title": official_title(row), "reason": why}
        announce(
            Message("honour-withdrawn", person_id=one, about=row.pk, facts=facts) for one in persons
        )
    journal.write(actor, "honour.withdrawn", row.pk, row.organisation_id, reason=why)
    return row


def _row(actor: Actor, round_id: UUID) -> HonourRound:
    row = rounds_to_act(actor, DECIDE).filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    return row

"""Short ways to rounds of honours."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from baodao.honours.commands.publicity import issue_list, publish_list
from baodao.honours.commands.rounds import begin_round, nominate
from baodao.honours.commands.signatures import sign_otherwise, sign_proposals
from baodao.honours.models import (
    HonourObjection,
    HonourProposal,
    HonourRound,
    HonourVoter,
)
from baodao.honours.queries.papers import list_digest, word_digest
from baodao.honours.rules.lives import HonourKind, HonourState, HonourVerdict
from baodao.honours.rules.rounds import HonourRoundFacts
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.people.models import Person
from tests.world import World


def facts(kind: HonourKind, **changes: Any) -> HonourRoundFacts:
    """Of the present year, one chosen."""
    period = read_period("", AsOf(clock.now()))
    return HonourRoundFacts(kind, **{"period": period, "most": 1} | changes)


def begun(world: World, kind: HonourKind, who: str = "deng", **changes: Any) -> HonourRound:
    """By Deng for the unit, by others for the place of their role."""
    place = {"deng": "bureau", "dai": "bureau", "ji": "willow", "an": "willow", "fan": "east"}[who]
    holder = world.places[place]
    return begin_round(world.actor(who), organisation_id=holder.pk, facts=facts(kind, **changes))


def named(world: World, row: HonourRound, *names: str, who: str = "deng") -> list[HonourProposal]:
    """Named one after another."""
    actor = world.actor(who)
    return [nominate(actor, round_id=row.pk, name=one, reason="全年服务二十次") for one in names]


def word(
    world: World, row: HonourProposal, verdict: HonourVerdict, who: str = "deng"
) -> HonourProposal:
    """Another word, with a reason, below the one that holds now."""
    row.refresh_from_db()
    key, reason, seen = row.pk, "支部大会讨论的意见", word_digest(row)
    return sign_otherwise(
        world.actor(who), proposal_id=key, verdict=verdict, reason=reason, seen=seen
    )


def judged(world: World, row: HonourRound, verdict: HonourVerdict, who: str = "deng") -> None:
    """Everybody in a round gets the same word."""
    for proposal in HonourProposal.objects.filter(round=row).order_by("pk"):
        word(world, proposal, verdict, who)


def signed(world: World, rows: Iterable[HonourProposal], who: str = "deng") -> Any:
    """As they are proposed now."""
    keys = [one.pk for one in rows]
    count = HonourRound.objects.distinct().get(proposal__in=keys).count
    return sign_proposals(world.actor(who), proposal_ids=keys, count=count)


def published(world: World, who: str = "deng", *names: str) -> HonourRound:
    """最美在职党员 of the unit, with everybody named signed and the list in publicity."""
    row = begun(world, HonourKind.FINEST, who, most=len(names))
    signed(world, named(world, row, *names, who=who), who)
    return made_public(world, row, who)


def made_public(world: World, row: HonourRound, who: str = "deng") -> HonourRound:
    """The list as it reads now is put into publicity."""
    return publish_list(world.actor(who), round_id=row.pk, seen=list_digest(row))


def final(world: World, row: HonourRound, who: str = "deng") -> HonourRound:
    """Issued on the day after publicity."""
    row.refresh_from_db()
    assert row.public_until is not None
    with clock.at(noon(row.public_until + timedelta(days=1))):
        return issue_list(world.actor(who), round_id=row.pk, seen=list_digest(row))


def noon(day: date) -> Any:
    """The middle of a civil day."""
    return clock.midnight(day) + timedelta(hours=12)


def values_of(world: World, person: Person) -> dict[str, Any]:
    """A list of An's community in publicity with somebody on it and an objection to that, and a
    vote in which An votes, a round of the unit, by the names that addresses use."""
    year, today = str(clock.today().year), clock.today()
    row = HonourRound.objects.create(
        organisation=world.willow, kind=HonourKind.STAR, period_text=year, most=1,
        as_of=clock.now(), state=HonourState.PUBLIC, begun_by="安静", public_on=today,
        public_until=today + timedelta(days=7),
    )  # fmt: skip
    proposal = HonourProposal.objects.create(
        round=row, person=person, branch=world.first, nomination="全年服务二十次",
        named_by="安静", proposed="chosen", verdict="chosen", signed_by="季书",
        signed_at=clock.now(),
    )  # fmt: skip
    account = world.accounts["ji"]
    objection = HonourObjection.objects.create(
        proposal=proposal, account=account, name="季书", text="少一次", due_on=today
    )
    vote = HonourRound.objects.create(
        organisation=world.willow, kind=HonourKind.FINEST, period_text=year, most=1,
        as_of=clock.now(), state=HonourState.VOTE, begun_by="安静", ballot_until=today,
    )  # fmt: skip
    HonourVoter.objects.create(round=vote, account=world.accounts["an"])
    of_unit = HonourRound.objects.create(
        organisation=world.bureau, kind=HonourKind.REVIEW, period_text=year, as_of=clock.now(),
        begun_by="邓敏",
    )  # fmt: skip
    HonourProposal.objects.create(round=of_unit, person=person, branch=world.first)
    return {
        "honour_id": row.pk,
        "public_honour_id": row.pk,
        "vote_honour_id": vote.pk,
        "branch_honour_id": of_unit.pk,
        "honour_proposal_id": proposal.pk,
        "public_proposal_id": proposal.pk,
        "honour_objection_id": objection.pk,
    }

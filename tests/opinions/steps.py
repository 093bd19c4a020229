"""Short ways to rounds of opinions."""

from typing import Any

from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.opinions.commands.rounds import ask_opinions, express_opinion
from baodao.opinions.models import OpinionRound, OpinionSheet
from baodao.opinions.rules.rounds import QUESTIONS, AnswerFacts, OpinionAudience, RoundFacts
from tests.world import World


def facts(audience: OpinionAudience, **told: Any) -> RoundFacts:
    """About the present year, until today."""
    period = read_period("", AsOf(clock.now()))
    return RoundFacts(audience, **{"period": period, "due_on": clock.today()} | told)


def asked(world: World, audience: OpinionAudience, **told: Any) -> OpinionRound:
    """By An's community, or by Deng's unit where its partner is asked."""
    who, place = ("deng", "bureau") if audience is OpinionAudience.COMMUNITY else ("an", "willow")
    asker = world.places[place]
    return ask_opinions(world.actor(who), asker_id=asker.pk, facts=facts(audience, **told))


def answer_facts(audience: OpinionAudience, mark: str = "good", **told: str) -> AnswerFacts:
    return AnswerFacts({one.code: mark for one in QUESTIONS[audience]}, **told)


def answered(world: World, sheet: OpinionSheet, mark: str = "good", **told: str) -> OpinionSheet:
    """By whoever holds the link."""
    answer = answer_facts(sheet.round.audience, mark, **told)
    return express_opinion(world.actor("gu"), token=sheet.token, facts=answer)

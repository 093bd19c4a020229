"""Commitments of 柳荫社区: a dozen members say what they want to do this year, and the community
posts up those of whoever agrees."""

from baodao.commitments.commands.commitments import commit
from baodao.commitments.queries.choices import choices_of
from baodao.commitments.rules.commitments import CONSENT, CommitmentFacts
from baodao.commitments.rules.policies import BOARD, POSTED
from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.orgs.commands.policies import set_policy

COMMITTED = 12
WORDS = ("每月走访一次楼栋长", "周末随叫随到", "", "为邻里写春联")


class Vows:
    """A day after the fixed service days are published, so that these can be ticked."""

    def __init__(self, season: Season) -> None:
        self.season = season

    def enter(self) -> None:
        self.season.diary.enter(self.season.at(13, 9), self._post_up)
        self.season.diary.enter(self.season.at(13, 20), self._commit)

    def _post_up(self) -> None:
        season = self.season
        secretary = season.stage.actors[season.plan.home, Role.COMMUNITY_SECRETARY]
        set_policy(secretary, organisation_id=season.home.pk, policy=POSTED, value=BOARD)

    def _commit(self) -> None:
        members = [one for one in self.season.here() if one.name != MEMBER]
        for number, member in enumerate(members[:COMMITTED]):
            commit(member, year=clock.today().year, facts=_facts(member, number))


def _facts(member: Actor, number: int) -> CommitmentFacts:
    """What the member took on, and one thing more; every third keeps it to themselves."""
    choices = choices_of(member)
    return CommitmentFacts(
        ticked=frozenset([*choices.own, *list(choices.others)[number % 3 :][:1]]),
        times=6 + number % 4,
        hours=10 if number % 2 else None,
        words=WORDS[number % len(WORDS)],
        consent=CONSENT if number % 3 else "",
    )

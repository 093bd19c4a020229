"""Honours of 柳荫社区: the stars of service are final, the finest members are in publicity, and the
list of partner organisations waits to be issued."""

from datetime import timedelta

from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.honours.commands.publicity import issue_list, publish_list
from baodao.honours.commands.rounds import begin_round, nominate
from baodao.honours.commands.signatures import sign_proposals
from baodao.honours.models import HonourRound
from baodao.honours.queries.papers import list_digest
from baodao.honours.rules.lives import HonourKind
from baodao.honours.rules.rounds import HonourRoundFacts
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.moments import AsOf, read_period
from baodao.partnership.queries import partnerships_in
from baodao.registration.queries.desks import hosted

WHY = (
    "全年坚持入户服务，居民反映好。",
    "组织邻里活动，带动身边党员参加。",
    "长期照看独居老人，从不间断。",
)
HONOURED = 3


class HonourLists:
    """Named by the worker, signed and put into publicity by the secretary."""

    def __init__(self, season: Season) -> None:
        self.season, self.at = season, season.at
        self.rounds: dict[HonourKind, HonourRound] = {}

    def enter(self) -> None:
        diary = self.season.diary
        diary.enter(self.at(33, 10), self._stars)
        diary.enter(self.at(25, 10), self._partners)
        diary.enter(self.at(12, 10), self._final)
        diary.enter(self.at(1, 9), self._finest)

    def _names(self, first: int) -> list[str]:
        """Volunteer numbers of members who are registered here, from a place in the list on."""
        others = [number for name, number in self._numbers() if name != MEMBER]
        return others[first : first + HONOURED]

    def _numbers(self) -> list[tuple[str, str]]:
        """Name and volunteer number of who is registered here at this hour."""
        rows = hosted(self.season.worker, self.season.home)
        ordered = rows.order_by("person__pinyin", "person__number")
        return list(ordered.values_list("person__name", "person__number"))

    def _stars(self) -> None:
        self._publish(HonourKind.STAR, self._names(0))

    def _finest(self) -> None:
        own = [number for name, number in self._numbers() if name == MEMBER]
        self._publish(HonourKind.FINEST, own + self._names(HONOURED))

    def _partners(self) -> None:
        rows = partnerships_in(self.season.home).select_related("unit").order_by("unit__code")
        self._publish(HonourKind.PARTNER, [row.unit.code for row in rows[:HONOURED]])

    def _publish(self, kind: HonourKind, names: list[str]) -> None:
        if not names:
            return
        season, period = self.season, read_period("", AsOf(clock.now() - timedelta(days=1)))
        facts = HonourRoundFacts(kind, period, len(names))
        row = begin_round(season.worker, organisation_id=season.home.pk, facts=facts)
        for name, why in zip(names, WHY * 2, strict=False):
            nominate(season.worker, round_id=row.pk, name=name, reason=why)
        ids = list(row.proposals.values_list("pk", flat=True))
        sign_proposals(self._secretary, proposal_ids=ids, count=row.count)
        self.rounds[kind] = publish_list(self._secretary, round_id=row.pk, seen=list_digest(row))

    @property
    def _secretary(self) -> Actor:
        return self.season.stage.actors[self.season.plan.home, Role.COMMUNITY_SECRETARY]

    def _final(self) -> None:
        if HonourKind.STAR in self.rounds:
            row = self.rounds[HonourKind.STAR]
            issue_list(self._secretary, round_id=row.pk, seen=list_digest(row))

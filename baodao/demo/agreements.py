"""Agreements of 柳荫社区: one signed and under way, and one of which a clause is still open."""

from baodao.agreements.commands import agreements as commands
from baodao.agreements.commands import keeping
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import (
    agreement_rows,
    clauses_of,
    digest_in,
    last_signed,
)
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.partnership.queries import partnerships_in

PLAN = {3: "学雷锋志愿服务", 6: "反诈知识进楼道", 9: "为老人体检接送", 11: "冬季送温暖"}
KEPT = (
    "7月、11月各开了一次联席会议，议定东门疏导、车棚改造两件事",
    "三楼会议室借给社区开居民议事会，大巴接送老人体检",
)
OTHER_WORDS = "双方每季度召开一次联席会议，通报情况，商定下一季度工作。"


class SharedYears:
    """Drafted after the lists were agreed on; the second one waits for its unit."""

    def __init__(self, season: Season) -> None:
        self.season, self.at = season, season.at

    def enter(self) -> None:
        self.season.diary.enter(self.at(34, 10), self._sign)
        self.season.diary.enter(self.at(12, 15), self._keep)
        self.season.diary.enter(self.at(5, 10), self._negotiate)

    def _partner(self, place: int) -> tuple[Organisation, Actor] | None:
        """The partner unit at this place, in the order in which they were received; None where
        there are not so many."""
        rows = partnerships_in(self.season.home).order_by("accepted_at", "pk")[place : place + 1]
        return next(((row.unit, self.season.stage.clerk(row.unit.name)) for row in rows), None)

    def _sign(self) -> None:
        partner = self._partner(0)
        if partner is None:
            return
        unit, clerk = partner
        row = commands.draft_agreement(clerk, unit_id=unit.pk, year=clock.today().year)
        ids = [one.wording.pk for one in clauses_of(_fresh(row))]
        commands.agree_on(self.season.worker, agreement_id=row.pk, wording_ids=ids)
        for month, text in PLAN.items():
            commands.plan_month(clerk, agreement_id=row.pk, month=month, text=text)
        for signer in (clerk, self.season.worker):
            commands.sign(signer, agreement_id=row.pk, seen=digest_in(_fresh(row)))

    def _keep(self) -> None:
        """One clause was kept, as both say; of another the unit waits for the community."""
        partner = self._partner(0)
        if partner is None:
            return
        unit, clerk = partner
        row = last_signed(unit, self.season.home)
        if row is None:
            return
        clauses = [one.clause.pk for one in clauses_of(_fresh(row))]
        for clause_id, words in zip(clauses[1:3], KEPT, strict=True):
            keeping.state_kept(clerk, agreement_id=row.pk, clause_id=clause_id, words=words)
        keeping.confirm_kept(self.season.worker, agreement_id=row.pk, clause_ids=clauses[1:2])

    def _negotiate(self) -> None:
        partner = self._partner(1)
        if partner is None:
            return
        unit, clerk = partner
        row = commands.draft_agreement(clerk, unit_id=unit.pk, year=clock.today().year)
        clauses = clauses_of(_fresh(row))
        ids = [one.wording.pk for one in clauses[2:]]
        commands.agree_on(self.season.worker, agreement_id=row.pk, wording_ids=ids)
        other = clauses[1].clause.pk
        commands.propose_wording(
            self.season.worker, agreement_id=row.pk, clause_id=other, text=OTHER_WORDS
        )


def _fresh(row: Agreement) -> Agreement:
    return agreement_rows().get(pk=row.pk)

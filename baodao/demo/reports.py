"""Reports of the half-year that is due: one submitted, one returned, one a draft."""

from functools import partial

from baodao.demo.cast import BUILDING, COMMISSION, CREDIT
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel import clock
from baodao.kernel.spans import due_period
from baodao.partnership.queries import partner_community
from baodao.reports.commands.drafts import draft_report
from baodao.reports.commands.submissions import return_to_writer, submit_report
from baodao.reports.models import Report
from baodao.reports.rules.plans import PLANS, ReportKind

REMARKS = "请补充下半年与社区共建的打算。"


class ReportsUpward:
    """What the units of the tour have made of their work summaries."""

    def __init__(self, stage: CityStage, diary: Diary) -> None:
        self.stage, self.diary = stage, diary

    def enter(self) -> None:
        at = self.stage.calendar.at
        self.diary.enter(at(4, 10), partial(self._submit, CREDIT))
        self.diary.enter(at(3, 10), partial(self._return, BUILDING))
        self.diary.enter(at(1, 10), partial(self._draw, COMMISSION))

    def _draw(self, name: str) -> Report:
        return draft_report(
            self.stage.clerk(name),
            writer_id=self.stage.units[name].pk,
            kind=ReportKind.SUMMARY,
            period=due_period(PLANS[ReportKind.SUMMARY].span, clock.today()).text,
        )

    def _submit(self, name: str) -> Report:
        clerk = self.stage.clerk(name)
        return submit_report(clerk, report_id=self._draw(name).pk, signer=clerk.name)

    def _return(self, name: str) -> None:
        report = self._submit(name)
        community = partner_community(report.writer)
        if community is not None:
            receipt = report.receipts.get(receiver=community)
            worker = self.stage.worker(community.name)
            return_to_writer(worker, receipt_id=receipt.pk, reason=REMARKS)

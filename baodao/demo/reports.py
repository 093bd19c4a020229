"""Reports of the half-year that is due: one submitted, one returned, one a draft; and what the
district asks of its units and communities."""

from datetime import timedelta
from functools import partial

from baodao.demo.cast import BUILDING, COMMISSION, CREDIT
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.inquiries.commands.answers import answer_request
from baodao.inquiries.commands.requests import send_request
from baodao.inquiries.queries.requests import lines_to_answer, receivers_below
from baodao.inquiries.rules.requests import RequestContent, RequestField, RequestFieldKind
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.moments import AsOf, year_of
from baodao.kernel.spans import due_period
from baodao.partnership.queries import partner_community
from baodao.reports.commands.drafts import draft_report
from baodao.reports.commands.submissions import return_to_writer, submit_report
from baodao.reports.models import Report
from baodao.reports.queries.papers import digest_in
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn

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
        self.diary.enter(at(2, 9), self._ask)
        self.diary.enter(at(1, 15), self._answer)

    def _ask(self) -> None:
        """The district asks for what only people know, beside what the records say."""
        district = self.stage.places["东岸区"]
        receivers = receivers_below(district)
        period = year_of(AsOf(clock.now()))
        content = RequestContent(
            "困难党员走访慰问情况",
            "区委组织部〔2026〕12号通知",
            period,
            clock.today() + timedelta(days=8),
            tuple(one.pk for one in receivers),
            (
                OwnColumn("", "在职党员数", metric_formula("in_service")),
                OwnColumn("", "参与志愿服务人次", metric_formula("services")),
            ),
            (
                RequestField("走访慰问困难党员人数", RequestFieldKind.NUMBER),
                RequestField("需要上级帮助解决的问题", RequestFieldKind.WORDS),
            ),
        )
        supervisor = self.stage.actors["东岸区", Role.SUPERVISOR]
        send_request(supervisor, sender_id=district.pk, content=content)

    def _answer(self) -> None:
        """The unit that is always early has answered."""
        clerk = self.stage.clerk(BUILDING)
        for line in lines_to_answer(clerk):
            typed = ["6", "老旧小区加装电梯需要住建部门牵头。"]
            labels = [one.label for one in line.request.fields]
            answer_request(
                clerk,
                line_id=line.pk,
                version=1,
                answers=dict(zip(labels, typed, strict=True)),
                signer=clerk.name,
            )

    def _draw(self, name: str) -> Report:
        return draft_report(
            self.stage.clerk(name),
            writer_id=self.stage.units[name].pk,
            kind=ReportKind.SUMMARY,
            period=due_period(PLANS[ReportKind.SUMMARY].span, clock.today()).text,
        )

    def _submit(self, name: str) -> Report:
        clerk = self.stage.clerk(name)
        report = self._draw(name)
        seen = digest_in(report)
        return submit_report(clerk, report_id=report.pk, signer=clerk.name, seen=seen)

    def _return(self, name: str) -> None:
        report = self._submit(name)
        community = partner_community(report.writer)
        if community is not None:
            receipt = report.receipts.get(receiver=community)
            worker = self.stage.worker(community.name)
            return_to_writer(worker, receipt_id=receipt.pk, reason=REMARKS)

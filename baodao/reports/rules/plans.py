"""The kinds of report, each one declaration: who writes it, of which span, and what it may say."""

from dataclasses import dataclass

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import PLACES, StatSheet
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.spans import PeriodSpan
from baodao.orgs.rules.tree import Kind
from baodao.sentences.rules import place_sentences, unit_sentences
from baodao.sentences.rules.sentences import (
    BEFORE,
    NAMED_ROWS,
    Sentence,
    metrics_in,
    places_in,
)


class ReportKind(Code):
    """工作总结, 情况汇报, 情况反馈, 季度简报, 述职报告, 填报."""

    SUMMARY = "summary", gettext_noop("Work summary")
    BRIEFING = "briefing", gettext_noop("Situation report")
    FEEDBACK = "feedback", gettext_noop("Feedback to units")
    QUARTERLY = "quarterly", gettext_noop("Quarterly brief")
    DUTIES = "duties", gettext_noop("Report on duties")
    ANSWER = "answer", gettext_noop("Answer to a request")


@dataclass(frozen=True)
class ReportPlan:
    """A kind of report: its paper, who writes it of which span with which permission, what it may
    say; `cases` is the metric of whose records typical cases are chosen; `owed` whether every
    writer owes one for each period."""

    kind: ReportKind
    form: str
    writer: Kind
    span: PeriodSpan
    sentences: tuple[Sentence, ...]
    cases: str
    owed: bool = False

    @property
    def permission(self) -> Permission:
        """With which it is written."""
        return WRITERS[self.writer]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is counted for it."""
        return metrics_in(places_in(self.sentences))

    @property
    def compared(self) -> tuple[Metric, ...]:
        """What is counted of the period before, too."""
        return metrics_in(one for one in places_in(self.sentences) if one.endswith(BEFORE))

    @property
    def named(self) -> tuple[str, ...]:
        """The places of its sentences that speak of rows below."""
        return tuple(one for one in places_in(self.sentences) if one in NAMED_ROWS)


WRITERS = {
    Kind.UNIT: Permission.REPORT_WRITE,
    Kind.COMMUNITY: Permission.REPORT_WRITE,
    Kind.STREET: Permission.PLACE_REPORT_WRITE,
}
"""Who writes reports, each with which permission."""

PLANS: dict[ReportKind, ReportPlan] = {
    plan.kind: plan
    for plan in (
        ReportPlan(
            ReportKind.SUMMARY,
            "work-summary",
            Kind.UNIT,
            PeriodSpan.HALF,
            unit_sentences.SUMMARY,
            "services",
            owed=True,
        ),
        ReportPlan(
            ReportKind.BRIEFING,
            "situation-report",
            Kind.UNIT,
            PeriodSpan.HALF,
            unit_sentences.BRIEFING,
            "services",
        ),
        ReportPlan(
            ReportKind.FEEDBACK,
            "community-feedback",
            Kind.COMMUNITY,
            PeriodSpan.HALF,
            place_sentences.FEEDBACK,
            "services_here",
        ),
        ReportPlan(
            ReportKind.QUARTERLY,
            "quarterly-brief",
            Kind.STREET,
            PeriodSpan.QUARTER,
            place_sentences.QUARTERLY,
            "services_here",
        ),
        ReportPlan(
            ReportKind.DUTIES,
            "duty-report",
            Kind.STREET,
            PeriodSpan.YEAR,
            place_sentences.DUTIES,
            "services_here",
        ),
    )
}

"""Those that are drawn up from figures, without being asked for."""

ANSWER = ReportPlan(ReportKind.ANSWER, "request-answer", Kind.UNIT, PeriodSpan.YEAR, (), "")
"""What a unit, or a community with the same permission, answers to a request; of which period it
is, the request says."""

RECEIVERS = {
    Kind.UNIT: frozenset({Kind.COMMUNITY, *PLACES}),
    Kind.COMMUNITY: frozenset({Kind.UNIT}),
    Kind.STREET: frozenset({Kind.DISTRICT, Kind.CITY}),
}
"""By who writes them, who receives reports."""


def plans_to(receiver: Kind) -> tuple[ReportPlan, ...]:
    """The kinds of report that an organisation of this kind receives."""
    return tuple(plan for plan in PLANS.values() if receiver in RECEIVERS[plan.writer])


def plans_of(writer: Kind) -> tuple[ReportPlan, ...]:
    """The kinds of report that an organisation of this kind writes."""
    return tuple(plan for plan in PLANS.values() if plan.writer is writer)


PAGES = {
    StatSheet.REGISTRATION: ("insight:table", "insight:cell"),
    StatSheet.SERVICE: ("insight:service_table", "insight:service_cell"),
}
"""Where each official table is, and the rows of a number of a report in it."""

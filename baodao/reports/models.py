"""Reports of units, communities and streets, and who receives them."""

from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.placement import TablePlacement
from baodao.kernel.spans import period_before
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.reports.rules.life import OUT, REPORT, ReportState
from baodao.reports.rules.plans import ANSWER, PLANS, ReportKind, ReportPlan
from baodao.sentences.rules.sentences import ReportFigures


class Report(Living):
    """双报告: what an organisation reports of a period, in four parts.

    `figures` and `names` are what was counted as of `as_of`, `cases` the typical ones chosen then,
    `chart` the hours of its months (`months`) with the codes of their kinds (`kinds`).
    `parts` holds, by the code of a part, own words with the sentences they began with (`base`) and
    what was counted otherwise since (`changes`); a part without own words says what its figures
    say. An answer to a request has no parts: it says the figures of the request, and `answers`,
    what people filled in by the label of the field. A submitted version keeps all of it, and a
    newer one takes its place.
    """

    placement = TablePlacement.REFERENCE
    life = REPORT

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    writer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="report"
    )
    kind = CodeField(ReportKind, max_length=12)
    period_text = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField(default=1)
    state = CodeField(ReportState, max_length=12, default=ReportState.DRAFT)
    as_of = models.DateTimeField()
    figures = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    cases = models.JSONField(default=list)
    chart = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    occasion = models.UUIDField(null=True)
    subject = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    drafted_by = models.CharField(max_length=60)
    drafted_at = models.DateTimeField(default=clock.now)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    signer = models.CharField(max_length=60, blank=True)
    submitted_by = models.CharField(max_length=60, blank=True)
    submitted_at = models.DateTimeField(null=True)
    remarks = models.CharField(max_length=200, blank=True)
    returned_by = models.CharField(max_length=60, blank=True)
    returned_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                *(F("writer"), F("kind"), F("period_text")),
                condition=Q(state=ReportState.DRAFT),
                name="report_one_draft",
            ),
            models.UniqueConstraint(
                *(F("writer"), F("kind"), F("period_text")),
                condition=Q(state__in=OUT, occasion=None),
                name="report_one_out",
            ),
            models.UniqueConstraint(
                *(F("occasion"), F("writer")),
                condition=Q(state__in=OUT),
                name="report_one_answer",
            ),
            models.UniqueConstraint(
                *(F("writer"), F("kind"), F("year"), F("number")), name="report_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OUT)
                | (Q(number__isnull=False, submitted_at__isnull=False) & ~Q(signer="")),
                name="report_submitted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.writer_id} {self.kind} {self.period_text} {self.state}"

    @property
    def number_text(self) -> str:
        """The number as it stands on the report; empty before it is submitted."""
        if self.number is None or self.year is None:
            return ""
        return number_text(self.year, self.number)

    @property
    def plan(self) -> ReportPlan:
        return PLANS.get(ReportKind(self.kind), ANSWER)

    @property
    def moment(self) -> AsOf:
        return AsOf(self.as_of)

    @property
    def period(self) -> Period:
        return read_period(self.period_text, self.moment)

    @property
    def period_before(self) -> Period:
        return period_before(self.plan.span, self.period)

    @property
    def counted(self) -> ReportFigures:
        return ReportFigures(self.figures, self.names)

    def own_part(self, part: str) -> Mapping[str, object] | None:
        """The own words of a part with what they began with; None where figures speak."""
        own: Mapping[str, object] | None = self.parts.get(part)
        return own


class ReportReceipt(models.Model):
    """Who a submitted report went to, and when they acknowledged it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="receipts")
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("report"), F("receiver"), name="report_receipt_once"),
        ]
        indexes = [models.Index(fields=["receiver", "acknowledged_at"], name="report_receipt_desk")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.receiver_id}"

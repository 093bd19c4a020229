"""What authorities ask of organisations below them."""

from django.db import models
from django.db.models import F, Q

from baodao.figures.rules.definitions import Metric
from baodao.inquiries.rules.requests import RequestField, kept_question, metrics_of
from baodao.kernel import clock, ids
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation
from baodao.reporttables.rules.own import OwnColumn, kept_column


class ReportRequest(models.Model):
    """报送要求: what an authority asks of organisations below it by a day, and on which basis.
    `columns` are the figures that the system fills in, `questions` what only people know; neither
    is changed once it is sent. `due_on` may be put later."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    title = models.CharField(max_length=40)
    basis = models.CharField(max_length=120)
    period_text = models.CharField(max_length=8)
    due_on = models.DateField()
    columns = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sender", "sent_at"], name="request_sender")]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return read_period(self.period_text, AsOf(self.sent_at))

    @property
    def figure_columns(self) -> tuple[OwnColumn, ...]:
        """The figures that the system fills in, each below its heading."""
        return tuple(map(kept_column, self.columns))

    @property
    def fields(self) -> tuple[RequestField, ...]:
        """What people fill in."""
        return tuple(map(kept_question, self.questions))

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is counted for it."""
        return metrics_of(self.figure_columns)


class RequestLine(models.Model):
    """An organisation of which a request asks. It goes to who takes over from it while it is not
    answered; `ended_at` where nobody does, or who takes over is asked already. `reminded_at` is
    when it was reminded of the last day that holds."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="lines")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                *(F("request"), F("organisation")),
                condition=Q(ended_at=None),
                name="request_line_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="request_line_desk")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.organisation_id}"

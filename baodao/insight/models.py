"""Figures of the whole tree at one instant, taken beforehand, and the official tables issued."""

from django.db import models
from django.db.models import F

from baodao.insight.rules import AsOf
from baodao.kernel import clock, ids
from baodao.orgs.models import Organisation


class Snapshot(models.Model):
    """One instant at which all figures were taken; visible only when complete."""

    as_of = models.DateTimeField(unique=True)
    taken_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.as_of.isoformat()


class Figure(models.Model):
    """The figures of one organisation and all below it; without a row they are all 0.

    One column a metric of `rules.METRICS`.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="figures")
    organisation_id = models.BigIntegerField()
    members = models.PositiveIntegerField()
    in_service = models.PositiveIntegerField()
    living_in_city = models.PositiveIntegerField()
    registered = models.PositiveIntegerField()
    registered_living = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    exempt = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    units_registered = models.PositiveIntegerField()
    hosted = models.PositiveIntegerField()
    hosted_waiting = models.PositiveIntegerField()
    hosted_ended = models.PositiveIntegerField()
    hosted_units = models.PositiveIntegerField()
    communities = models.PositiveIntegerField()
    communities_empty = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("snapshot"), F("organisation_id"), name="figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.snapshot_id}"


class IssuedTable(models.Model):
    """在职党员报到情况统计表 with its number: whose, as of when; its figures follow from that.

    `day` is set when the instant is the end of that day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    as_of = models.DateTimeField()
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    issued_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("organisation"), F("year"), F("number"), name="issued_table_number_once"
            ),
            models.UniqueConstraint(F("organisation"), F("as_of"), name="issued_table_once"),
        ]

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.number:03d}"

    @property
    def moment(self) -> AsOf:
        return AsOf(self.as_of, self.day)

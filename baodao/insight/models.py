"""The figures of every node of the tree at one instant, taken beforehand for large trees."""

from django.db import models
from django.db.models import F

from baodao.kernel import clock


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

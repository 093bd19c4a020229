"""Snapshots: all figures of one instant, by organisation."""

from django.db import models

from baodao.kernel import clock
from baodao.kernel.placement import TablePlacement


class Snapshot(models.Model):
    """One instant at which all figures were taken; visible only when complete. `definitions` are
    those of its metrics, as `catalogue.fingerprint` tells them."""

    placement = TablePlacement.LOCAL
    as_of = models.DateTimeField(unique=True)
    definitions = models.CharField(max_length=16)
    taken_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.as_of.isoformat()


class Figure(models.Model):
    """One figure of one organisation and all below it; a figure of 0 has no row.

    `metric` is its code, `value` in the unit of its measure: rows, minutes, or microseconds since
    1970; services are those of the year of the instant. The key leads to all figures of an
    organisation and to one of them. The database checks no foreign key: a snapshot writes a hundred
    thousand rows at once, always with itself.
    """

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("snapshot", "organisation_id", "metric")
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="figures",
    )
    organisation_id = models.BigIntegerField()
    metric = models.CharField(max_length=40, db_collation="C")
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.metric}: {self.value}"

"""Tables of one's own, which an organisation declares in versions."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation


class OwnReportTable(models.Model):
    """A table that an organisation declared for itself and all below it, until it ended; what it is
    stands in its versions."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="own_table"
    )
    begun_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="own_table_ended_after",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OwnTableVersion(models.Model):
    """What an own table is since an instant, until the next version; it never changes. `columns`
    are mappings of `group`, `heading` and `formula`, in the codes of metrics, as are `note` and
    `only`, the figure without which a row is left out."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    table = models.ForeignKey(OwnReportTable, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=40)
    rows = models.CharField(max_length=10)
    columns = models.JSONField()
    note = models.TextField(blank=True)
    only = models.CharField(max_length=200, blank=True)
    quarterly = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    kept_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("table"), F("number"), name="own_table_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

"""Registers of households on their way in."""

from django.db import models
from django.db.models import Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedFile
from baodao.orgs.models import Organisation


class HouseholdImport(models.Model):
    """A spreadsheet of households on its way in; its bytes are sealed, and forgotten once it was
    taken over or cancelled, or a week after.

    `options` say how it is read. `file_ids` are the files that it brought, by which it is undone as
    a whole; nothing of a household stands here.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="household_import",
    )
    file_name = models.CharField(max_length=200)
    file_sealed = models.BinaryField(null=True)
    content = SealedFile("household-import", "file_sealed")
    options = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    applied_at = models.DateTimeField(null=True)
    file_ids = models.JSONField(default=list)
    left_out = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                name="household_import_undone_was_applied",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "created_at"], name="household_import_community")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def filed(self) -> int:
        """How many files it brought."""
        return len(self.file_ids)

"""Division tables: one that was uploaded, and one that was taken over."""

from django.db import models

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation


class TableUpload(models.Model):
    """An uploaded division table, kept between looking at its differences and applying them; it is
    read by the words taught for `place`, for which its uploader acted (None for none)."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    account_id = models.UUIDField(null=True)
    place = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="table_upload",
    )
    uploaded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.file_name


class DivisionImport(models.Model):
    """A division table that was taken over: by whom (the name of their account), from which file
    or city, which place holds it all (None of several cities), and every change of a row, so that
    it can be undone as a whole while nothing was built on it."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    place = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="division_import",
    )
    source = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "at"], name="division_import_of")]

    def __str__(self) -> str:
        return self.source

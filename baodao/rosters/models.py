"""The rosters that were read."""

from django.db import models

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedFile
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.rosters.rules.roster import RosterState


class RosterImport(models.Model):
    """One roster file on its way in: what was uploaded, understood, found wrong and applied.

    `effects` say what the applying changed, to undo it as a whole. `strangers` are the digests of
    those of other units whom it was told of, last on `strangers_on`;
    `compares`, `repeats`, `repeats_on`: `spreadsheets/strangers.py`.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="roster"
    )
    file_name = models.CharField(max_length=200)
    file_sealed = models.BinaryField(null=True)
    content = SealedFile("roster-file", "file_sealed")
    state = CodeField(RosterState, default=RosterState.UPLOADED)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    effects_sealed = models.BinaryField(null=True)
    effects = SealedFile("roster-effects", "effects_sealed")
    is_to_stop = models.BooleanField(default=False)
    created_by = models.CharField(max_length=60)
    strangers = models.JSONField(default=list)
    strangers_on = models.DateField(null=True)
    compares = models.BooleanField(default=True)
    repeats = models.PositiveSmallIntegerField(default=0)
    repeats_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "created_at"], name="roster_import_unit")]

    def __str__(self) -> str:
        return self.file_name

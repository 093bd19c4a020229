"""Tables of services on their way in."""

from django.db import models
from django.db.models import Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedFile
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.timesheets.rules.timesheet import TimesheetState


class RecordImport(models.Model):
    """A spreadsheet of services on its way in; its bytes are sealed and soon forgotten.

    `options` say how it is read and for whose account, `report` and `lines` what it tells: figures,
    and every service by itself, forgotten with the bytes.
    Its `recorded` services stand side by side in the chain of each community: `stretches` has the
    first and the last number by the community's id.
    `problems` and `leftovers` tell what was not recorded. `reason` is why it was undone as a whole.
    `strangers` are digests of the numbers that were told to fit nobody, last on `strangers_on`,
    `acquaintances` of those by which somebody was recognised; `compares`, `repeats`, `repeats_on`:
    `spreadsheets/strangers.py`.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="record_import"
    )
    file_name = models.CharField(max_length=200)
    file_sealed = models.BinaryField(null=True)
    content = SealedFile("record-import", "file_sealed")
    state = CodeField(TimesheetState, default=TimesheetState.UPLOADED)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    lines = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    is_to_stop = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    strangers = models.JSONField(default=list)
    strangers_on = models.DateField(null=True)
    acquaintances = models.JSONField(default=list)
    compares = models.BooleanField(default=True)
    repeats = models.PositiveSmallIntegerField(default=0)
    repeats_on = models.DateField(null=True)
    applied_at = models.DateTimeField(null=True)
    recorded = models.IntegerField(default=0)
    stretches = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    leftovers = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False, recorded__gt=0),
                name="record_import_undone_was_applied",
            ),
        ]
        indexes = [models.Index(fields=["community", "created_at"], name="record_import_community")]

    def __str__(self) -> str:
        return self.file_name

"""Word layouts of papers, each of an organisation and for a time."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation


class WordLayout(models.Model):
    """A Word file (`content`) in which an organisation and all below it get a paper (`form`, its
    code) since it was kept, until it ended. What was issued before keeps the layout of its day."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="word_layout"
    )
    form = models.CharField(max_length=40)
    file_name = models.CharField(max_length=100)
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=clock.now)
    kept_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("organisation"),
                F("form"),
                condition=Q(ended_at=None),
                name="word_layout_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("kept_at")),
                name="word_layout_ended_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.file_name}"

"""What reporting costs organisations, one row a thing that happened."""

from django.db import models
from django.db.models import F, Q

from baodao.burden.rules.entries import LONGEST_TITLE, LONGEST_WHAT, BurdenKind
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation


class BurdenEntry(Fact):
    """负担: a form that an organisation was asked to fill in, a field that its people typed, a
    figure that the system filled in, something that it was not asked a second time. Rows are added
    and never changed; they stay with the organisation of their day."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    kind = CodeField(BurdenKind, max_length=8)
    about = models.UUIDField()
    title = models.CharField(max_length=LONGEST_TITLE)
    authority = models.CharField(max_length=100)
    what = models.CharField(max_length=LONGEST_WHAT, blank=True)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                *(F("organisation"), F("about"), F("what"), F("authority")),
                condition=Q(kind=BurdenKind.DOUBLE),
                name="burden_double_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "noted_at"], name="burden_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.what}"

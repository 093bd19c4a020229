"""For which household a pairing is; the visits; of which of them somebody was reminded."""

from django.db import models
from django.db.models import F

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.offers.models import Offer
from baodao.residents.models import SealedHousehold
from baodao.statements.models import Statement


class PairedHousehold(models.Model):
    """结对对象: for which household a pairing is. Its sealed entry is read by the community, with a
    reason, and by who has taken it on, while they have it. Gone with the entry."""

    placement = TablePlacement.REFERENCE
    offer = models.OneToOneField(
        Offer,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="paired_household",
    )
    household = models.ForeignKey(
        SealedHousehold,
        on_delete=models.CASCADE,
        related_name="+",
        related_query_name="paired_household",
    )

    def __str__(self) -> str:
        return str(self.offer_id)


class Visit(models.Model):
    """走访: what a helper stated of a pairing; day, length and what was done stand in the
    statement, which the community confirms."""

    placement = TablePlacement.REFERENCE
    statement = models.OneToOneField(
        Statement,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="visit",
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="visit"
    )

    def __str__(self) -> str:
        return str(self.statement_id)


class VisitReminder(models.Model):
    """Who visits was reminded of the visit that was due on a day: before it, or `late`."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="visit_reminder"
    )
    due_on = models.DateField()
    late = models.BooleanField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("offer"), F("due_on"), F("late"), name="visit_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.due_on}"

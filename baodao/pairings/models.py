"""Who is helped by a pairing, sealed; the visits; of which of them somebody was reminded."""

from django.db import models
from django.db.models import F

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.offers.models import Offer
from baodao.statements.models import Statement


class SealedHousehold(models.Model):
    """结对对象, 包保对象: the person or household that somebody stands by, nothing of it in clear.

    That of a pairing has its `offer`, and the id of it; another one is kept by what points at it in
    a slice above. Read by the community, with a reason, and by who has taken it on, while they have
    it. Deleted some time after that is over.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True)
    offer = models.OneToOneField(
        Offer,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="sealed_household",
    )
    name_sealed = models.BinaryField(null=True)
    name = SealedText("household-name", "name_sealed")
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("household-phone", "phone_sealed")
    address_sealed = models.BinaryField(null=True)
    address = SealedText("household-address", "address_sealed")
    hardship_sealed = models.BinaryField(null=True)
    hardship = SealedText("household-hardship", "hardship_sealed")
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return str(self.id)


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

"""Whistles of communities for units."""

from django.db import models
from django.db.models import F

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation


class Whistle(models.Model):
    """吹哨: a community asks a named unit to take on an offer, or to say by a day why it cannot;
    支部派单: a community or a unit asks a branch.

    That a unit or a branch (`unit`) comes is its claim of the offer; only that it cannot is written
    here. `sender` is the community that whistled, or the unit that asks its branch.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="whistle"
    )
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    blown_at = models.DateTimeField(default=clock.now)
    blown_by = models.CharField(max_length=60)
    due_on = models.DateField()
    declined_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    street_told_at = models.DateTimeField(null=True)

    coming: bool
    free: bool
    with_branch: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(F("offer"), F("unit"), name="whistle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.unit_id}"

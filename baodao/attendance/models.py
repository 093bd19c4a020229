"""Checking in and out, as facts."""

from django.db import models
from django.db.models import Q

from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class CheckIn(Fact):
    """签到、签退: somebody came or went. They scanned the code on the spot, once on coming and once
    on going, or whoever keeps the list wrote it down; of several the earliest counts.

    It proves that they were there; that they were not, nothing proves.
    """

    placement = TablePlacement.COMMUNITY
    pk = models.CompositePrimaryKey("community_id", "id")
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="+",
    )
    id = models.UUIDField(default=ids.new_id)
    offer_id = models.UUIDField()
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="check_in",
    )
    side = CodeField(CheckSide, max_length=12)
    way = CodeField(CheckWay, max_length=12, default=CheckWay.SCAN)
    scanned_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "offer_id", "person", "side"],
                condition=Q(way="scan"),
                name="check_in_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "scanned_at"], name="check_in_person")]

    def __str__(self) -> str:
        return f"{self.side} {self.scanned_at.isoformat()}"

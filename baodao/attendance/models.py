"""Checking in and out, as facts, and how well an activity worked."""

from django.db import models
from django.db.models import F, Q

from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.attendance.rules.effects import EffectGrade
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.offers.models import Offer
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


class ActivityEffect(models.Model):
    """成效: how well an activity worked, by whom of its community and since when; another grade
    closes the row (`until`) and opens the next, with a reason. It tells of the activity's day."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="effect"
    )
    grade = CodeField(EffectGrade, max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    graded_by = models.CharField(max_length=60)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("offer"), condition=Q(until=None), name="effect_one_live"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="effect_until_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.grade}"

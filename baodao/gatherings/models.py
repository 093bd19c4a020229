"""Dates of organisational life and what is shared to learn from."""

from django.db import models

from baodao.gatherings.rules.gatherings import (
    GATHERING,
    LINK,
    MATERIAL,
    SPOT,
    TEXT,
    TITLE,
    GatheringKind,
    GatheringState,
)
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation


class Gathering(Living):
    """组织生活: what a unit, a branch or a community calls its members to, and when. Who came is
    written down nowhere."""

    placement = TablePlacement.REFERENCE
    life = GATHERING

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    kind = CodeField(GatheringKind, max_length=12)
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT, blank=True)
    starts_at = models.DateTimeField()
    spot = models.CharField(max_length=SPOT)
    state = CodeField(GatheringState, max_length=12, default=GatheringState.ANNOUNCED)
    announced_at = models.DateTimeField(default=clock.now)
    announced_by = models.CharField(max_length=60)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "starts_at"], name="gathering_of_place")]

    def __str__(self) -> str:
        return self.title


class StudyMaterial(models.Model):
    """学习资料: a text or the address of one that an organisation shares with its members."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=MATERIAL, blank=True)
    link = models.CharField(max_length=LINK, blank=True)
    shared_at = models.DateTimeField(default=clock.now)
    shared_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "shared_at"], name="material_of_place")]

    def __str__(self) -> str:
        return self.title

"""Flags of service records, and how far each chain was looked through for them."""

from django.db import models
from django.db.models import F, Q

from baodao.flags.rules.life import FLAG, MOST_EXPLANATION, FlagState
from baodao.flags.rules.patterns import Grounds, Pattern
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.models import ServiceRecord
from baodao.orgs.models import Organisation


class Flag(Living):
    """疑点: patterns make a record look bought or invented; a human says what it is.

    `patterns` are those of the night on which it was noted, each with its figures. The question and
    the explanation are the latest; the journal has all of them.
    """

    placement = TablePlacement.REFERENCE
    life = FLAG

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="flag"
    )
    record_id = models.UUIDField()
    record = models.ForeignObject(
        ServiceRecord,
        on_delete=models.DO_NOTHING,
        from_fields=("community", "record_id"),
        to_fields=("community", "id"),
        related_name="+",
    )
    patterns = models.JSONField()
    noted_at = models.DateTimeField(default=clock.now)
    state = CodeField(FlagState, max_length=12, default=FlagState.OPEN)
    question = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True)
    explanation = models.CharField(max_length=MOST_EXPLANATION, blank=True)
    explained_by = models.CharField(max_length=60, blank=True)
    explained_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    dismissed_by = models.CharField(max_length=60, blank=True)
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("community"), F("record_id"), name="flag_once"),
            models.CheckConstraint(
                condition=Q(state=FlagState.DISMISSED, dismissed_at__isnull=False)
                | (~Q(state=FlagState.DISMISSED) & Q(dismissed_at=None)),
                name="flag_dismissed",
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "noted_at"], name="flag_desk")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.state}"

    @property
    def grounds(self) -> Grounds:
        """The patterns with their figures, in the order in which they are told."""
        return {code.value: self.patterns[code] for code in Pattern if code in self.patterns}


class FlagHead(models.Model):
    """Up to which record a community's chain was looked through."""

    placement = TablePlacement.LOCAL
    community = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.community_id} {self.seq}"

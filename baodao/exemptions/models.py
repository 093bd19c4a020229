"""Exemptions and delays of members."""

from django.db import models
from django.db.models import F, Q

from baodao.exemptions.rules.reasons import Effect, ExemptionReason
from baodao.exemptions.rules.states import EXEMPTION, ExemptionState
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Exemption(Living):
    """A member need not report, or not yet: reason, evidence, period and who approved it."""

    placement = TablePlacement.REFERENCE
    life = EXEMPTION

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="exemption"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    reason = CodeField(ExemptionReason, max_length=30)
    evidence = models.CharField(max_length=300)
    effect = CodeField(Effect, max_length=12)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    state = CodeField(ExemptionState, max_length=12)
    requested_by = models.CharField(max_length=60)
    requested_account = models.UUIDField(null=True)
    requested_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="exemption_dates"
            ),
            models.UniqueConstraint(
                F("person"),
                condition=Q(state__in=EXEMPTION.live),
                name="exemption_one_live",
            ),
        ]
        indexes = [models.Index(fields=["branch", "state"], name="exemption_branch")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.reason}"

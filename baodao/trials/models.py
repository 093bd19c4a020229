"""Trials of policies: numbers by place, nobody's name."""

from django.db import models

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation
from baodao.policies.models import PolicyVersion


class PolicyTrial(models.Model):
    """What a version would say of everybody below an organisation as of the end of a day, beside
    what another says, before anybody adopts it.

    `counts` are rows of the organisation under which somebody is told, the outcome under the other
    version ("" without one), the outcome under this one, and how many; who they are is worked out
    again where a number is opened. Empty until `done_at`; `refusal` says why nothing came of it.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="+", related_query_name="policy_trial"
    )
    against = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="+", null=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="policy_trial"
    )
    day = models.DateField()
    account_id = models.UUIDField(null=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.version} {self.day}"

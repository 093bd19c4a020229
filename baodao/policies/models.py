"""Policies as organisations write them: a text in versions."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.orgs.models import Organisation


class Policy(models.Model):
    """A policy (办法) that an organisation wrote, until it is out of use. It is known by the code
    within its organisation; `name` is that of its last version."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="policy"
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    begun_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("organisation"), F("code"), name="policy_code_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="policy_ended_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(Fact):
    """What a policy says, word for word; it can be applied as it stands and never changes. `digest`
    is the SHA-256 of the text as `policies.rules.documents.digest_of` takes it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("policy"), F("number"), name="policy_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="policy_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class PolicyTrial(models.Model):
    """What a version would say of everybody below an organisation as of the end of a day, beside
    what another says, before anybody adopts it.

    `counts` are rows of the organisation under which somebody is told, the outcome under the other
    version ("" without one), the outcome under this one, and how many; who they are is worked out
    again where a number is opened. Empty until `done_at`; `refusal` says why nothing came of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="trials")
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

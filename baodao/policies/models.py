"""Policies as organisations write them: a text in versions."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation


class PolicyDocument(models.Model):
    """A policy (办法) that an organisation wrote, until it is out of use. It is known by the code
    within its organisation; `name` is that of its last version."""

    placement = TablePlacement.REFERENCE
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

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    policy = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="versions")
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

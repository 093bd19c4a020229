"""Numbering without gaps, and the register of numbered papers that can be verified."""

from django.db import models
from django.db.models import F, Q

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.orgs.models import Organisation


class Series(models.Model):
    """The last number given in one organisation for one form and year."""

    placement = TablePlacement.LOCAL
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("organisation"), F("form"), F("year"), name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.year}: {self.last}"


class Issue(models.Model):
    """A numbered paper that went out, with everything that stands on it: it is printed again from
    here, whatever was renamed, corrected or moved since.

    `about` is the row the paper tells of, `holder` a masked name, `unit` the issuer as it was
    called, `facts` the item of its form as JSON, `digest` their SHA-256: these never change.
    `added` is what a second hand filled into places that were empty, since `added_at`.
    `replaced_by` is the paper that tells the newer state under its own number.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    form = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    about = models.UUIDField()
    holder = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    facts_sealed = models.BinaryField()
    facts = SealedText("paper", "facts_sealed")
    issued_at = models.DateTimeField(default=clock.now)
    added_sealed = models.BinaryField(null=True)
    added = SealedText("paper", "added_sealed")
    added_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("organisation"), F("form"), F("year"), F("number"), name="issue_number_once"
            ),
            models.CheckConstraint(
                condition=Q(added_sealed__isnull=True, added_at__isnull=True)
                | Q(added_sealed__isnull=False, added_at__isnull=False),
                name="issue_added_at",
            ),
        ]
        indexes = [models.Index(fields=["about", "form"], name="issue_about")]

    def __str__(self) -> str:
        return f"{self.form} {number_text(self.year, self.number)}"

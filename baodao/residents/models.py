"""Sealed entries of households, their files with basis, people and measures, where a file was."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.residents.rules.households import (
    BasisKind,
    FileEnding,
    MeasureKind,
    Relation,
    SupportGrade,
)
from baodao.residents.rules.proposals import read_line


class SealedHousehold(models.Model):
    """The person or household that somebody stands by, nothing of it in clear.

    There is one for a household, whatever points at it: its file, pairings, contact points. Read by
    the community, with a reason, and by who has taken it on, while they have it. Deleted when
    nothing that goes on points at it any more.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True)
    name_sealed = models.BinaryField(null=True)
    name_blind = models.BinaryField(null=True)
    name = SealedText("household-name", "name_sealed", blind="name_blind")
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(null=True)
    phone = SealedText("household-phone", "phone_sealed", blind="phone_blind")
    address_sealed = models.BinaryField(null=True)
    address = SealedText("household-address", "address_sealed")
    hardship_sealed = models.BinaryField(null=True)
    hardship = SealedText("household-hardship", "hardship_sealed")
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["name_blind"], name="sealed_household_name"),
            models.Index(fields=["phone_blind"], name="sealed_household_phone"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HouseholdFile(models.Model):
    """民情档案: what a community keeps of a household in difficulty, until `kept_until` at the
    latest.

    Deleted, it stays as an entry without facts: its number, its days and why it is over.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    number = models.CharField(max_length=20)
    entry = models.OneToOneField(
        SealedHousehold,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        related_query_name="file",
    )
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="household_file",
    )
    grid = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    categories = ArrayField(models.CharField(max_length=16), default=list)
    grade = CodeField(SupportGrade, max_length=8, blank=True)
    kept_until = models.DateField()
    filed_at = models.DateTimeField(default=clock.now)
    filed_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ending = CodeField(FileEnding, max_length=8, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="household_file_ending",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(grade="", categories=[], grid=None),
                name="household_file_forgotten",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "ended_at", "filed_at"], name="household_file_place"),
            models.Index(fields=["kept_until"], name="household_file_until"),
        ]

    def __str__(self) -> str:
        return self.number


class FileStay(models.Model):
    """Which community kept a file, from one instant until another: when the family moves away, the
    one that was left sees that it had a file, and nothing of it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file = models.ForeignKey(HouseholdFile, on_delete=models.PROTECT, related_name="stays")
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="file_stay"
    )
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("file", condition=Q(until=None), name="file_stay_one_now"),
        ]
        indexes = [models.Index(fields=["community", "until"], name="file_stay_place")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.since}"


class FileBasis(models.Model):
    """建档依据: a version of the consent or the duty on which a file rests; never changed."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file = models.ForeignKey(HouseholdFile, on_delete=models.PROTECT, related_name="bases")
    version = models.PositiveSmallIntegerField()
    kind = CodeField(BasisKind, max_length=8)
    text = models.CharField(max_length=200)
    given_on = models.DateField()
    kept_until = models.DateField()
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("file"), F("version"), name="file_basis_version"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.version}"


class Resident(models.Model):
    """Somebody of a household with a file: name and year of birth sealed."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file = models.ForeignKey(HouseholdFile, on_delete=models.CASCADE, related_name="residents")
    name_sealed = models.BinaryField(null=True)
    name = SealedText("resident-name", "name_sealed")
    born_sealed = models.BinaryField(null=True)
    born = SealedText("resident-born", "born_sealed")
    relation = CodeField(Relation, max_length=12)
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.id)


class SupportMeasure(models.Model):
    """帮扶措施: what is to be done for a household, by whom, until when, and what came of it;
    `proposed` is the line of the authority's dictionary that it was taken from."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file = models.ForeignKey(HouseholdFile, on_delete=models.CASCADE, related_name="measures")
    kind = CodeField(MeasureKind, max_length=8)
    text_sealed = models.BinaryField(null=True)
    text = SealedText("measure-text", "text_sealed")
    due_on = models.DateField()
    doer = models.CharField(max_length=60)
    proposed = models.CharField(max_length=24, blank=True)
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.CharField(max_length=60)
    done_on = models.DateField(null=True)
    outcome_sealed = models.BinaryField(null=True)
    outcome = SealedText("measure-outcome", "outcome_sealed")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], condition=Q(ended_at=None), name="support_measure_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def heading(self) -> str:
        """What it is, without what is sealed: the words of its proposal, else its kind."""
        return read_line(self.proposed).text if self.proposed else str(self.get_kind_display())

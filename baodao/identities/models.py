"""What two people decide about who somebody is: a number put right, two entries made one."""

from django.db import models
from django.db.models import F, Q

from baodao.identities.rules.checks import CHECK, CheckState
from baodao.identities.rules.corrections import CORRECTION, CorrectionState
from baodao.identities.rules.merges import MERGE, MergeState
from baodao.kernel import clock, ids
from baodao.kernel.authz import Permission
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.people.models import Person
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.people.rules.standing import Sex


class IdentityCorrection(Living):
    """A person's identity number put right: the new one, of which document, with the sex and the
    birthday that go with it, why, read from what, and by which two.

    `before` keeps the wrong number once the new one was confirmed.
    """

    placement = TablePlacement.REFERENCE
    life = CORRECTION

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number_sealed = models.BinaryField()
    number = SealedText("identity-correction", "number_sealed")
    id_document = CodeField(IdentityDocument, default=IdentityDocument.CARD)
    id_issuer = models.CharField(max_length=20, blank=True, db_default="")
    sex = CodeField(Sex, max_length=1)
    born_on = models.DateField()
    before_sealed = models.BinaryField(null=True)
    before = SealedText("identity-before", "before_sealed")
    reason = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200)
    state = CodeField(CorrectionState, default=CorrectionState.PROPOSED)
    proposed_by = models.CharField(max_length=60)
    proposed_account = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_account = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"),
                condition=Q(state=CorrectionState.PROPOSED.value),
                name="correction_one_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.CONFIRMED.value)
                | Q(decided_account=None)
                | ~Q(decided_account=F("proposed_account")),
                name="correction_two_accounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class NumberCheck(Living):
    """Whether the number of a member stands on their card, asked of the unit by the authority above
    two entries; what the unit read it from, and who answered."""

    placement = TablePlacement.LOCAL
    life = CHECK

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = CodeField(CheckState, default=CheckState.WAITING)
    asked_by = models.CharField(max_length=60)
    asker_account = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    evidence = models.CharField(max_length=200, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"), condition=Q(state__in=CHECK.live), name="check_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class PersonMerge(Living):
    """A person who was entered twice: `gone` goes on as `kept`; by which two, and why.

    `number_wrong`: sex or birthday differ, because the identity number of `gone` was a mistake.
    `from_above`: they were of two units, and the authority above both decides.
    `notes` say what was handed over, to hand it back.
    """

    placement = TablePlacement.REFERENCE
    life = MERGE

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200)
    number_wrong = models.BooleanField(default=False)
    from_above = models.BooleanField(default=False)
    notes = models.JSONField(default=dict)
    state = CodeField(MergeState, default=MergeState.PROPOSED)
    proposed_by = models.CharField(max_length=60)
    proposed_account = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_account = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("gone"),
                condition=Q(state__in=[MergeState.PROPOSED.value, MergeState.MERGED.value]),
                name="merge_one_stands",
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_two_persons"),
            models.CheckConstraint(
                condition=~Q(state=MergeState.MERGED.value)
                | Q(decided_account=None)
                | ~Q(decided_account=F("proposed_account")),
                name="merge_two_accounts",
            ),
        ]

    @property
    def permission(self) -> Permission:
        """What allows deciding it."""
        return Permission.IDENTITY_SETTLE if self.from_above else Permission.PERSON_MERGE

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id} {self.state}"

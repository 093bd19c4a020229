"""Templates of clauses, agreements with their clauses and wordings, and the plan of the year."""

from django.db import models
from django.db.models import F, Q

from baodao.agreements.rules.agreements import (
    AGREEMENT,
    EVIDENCE,
    PLAN,
    TEXT,
    TITLE,
    AgreementState,
)
from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.resources.rules.lives import ListSide


class ClauseTemplate(Fact):
    """条款模板: the clauses from which agreements here and below are drafted, from an instant until
    the next version; `clauses` are pairs of title and wording, none where those above hold."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    clauses = models.JSONField(default=list)
    since = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.written_by}"


class Agreement(Living):
    """共驻共建协议书 of a unit and a community for a year: its clauses are agreed one by one, then
    two persons sign the `text` with its `digest`, which stands from the first signature on until
    somebody changes a clause or the plan. Signed by both it never changes; the next year has its
    own, drafted from it (`former`)."""

    placement = TablePlacement.REFERENCE
    life = AGREEMENT

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="agreement"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)
    former = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    state = CodeField(AgreementState, default=AgreementState.DRAFT)
    drafted_at = models.DateTimeField(default=clock.now)
    text = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    unit_signer = models.CharField(max_length=60, blank=True)
    community_signer = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("unit"),
                F("community"),
                F("year"),
                condition=Q(state__in=AGREEMENT.live),
                name="agreement_one_live",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.SIGNED)
                | (Q(number__isnull=False, signed_at__isnull=False) & ~Q(digest="")),
                name="agreement_signed_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.community_id} {self.year}"

    @property
    def number_text(self) -> str:
        """The number as it stands on the paper; empty while it is not signed."""
        return number_text(self.year, self.number) if self.number else ""


class AgreementClause(models.Model):
    """A clause of an agreement; its wording is the last one that was proposed."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("agreement"), F("position"), name="agreement_clause_once")
        ]

    def __str__(self) -> str:
        return self.title


class ClauseWording(models.Model):
    """A wording of a clause: who proposed it, and when the other side agreed to it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    clause = models.ForeignKey(AgreementClause, on_delete=models.PROTECT, related_name="wordings")
    side = CodeField(ListSide)
    text = models.CharField(max_length=TEXT)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.CharField(max_length=60)
    agreed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text


class ClauseKeeping(models.Model):
    """落实情况: what one side says of a clause of a signed agreement, that it was kept and by what
    one sees it. It counts from `answered_at` on, once the other side said so too; where that one
    does not see it so, `refusal` says why, and it may be said anew."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    clause = models.ForeignKey(AgreementClause, on_delete=models.PROTECT, related_name="keepings")
    side = CodeField(ListSide)
    words = models.CharField(max_length=EVIDENCE)
    stated_at = models.DateTimeField(default=clock.now)
    stated_by = models.CharField(max_length=60)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("clause"), condition=Q(refusal=""), name="clause_kept_once"),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(answered_at__isnull=False),
                name="clause_refusal_is_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class PlanLine(models.Model):
    """What a unit and a community mean to do in a month of the year."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="plan")
    month = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=PLAN)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("agreement"), F("month"), name="plan_line_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="plan_line_month"
            ),
        ]

    def __str__(self) -> str:
        return self.text

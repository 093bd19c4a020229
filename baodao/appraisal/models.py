"""Feedback cards from a community to a unit, and the objections of those they are about."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from baodao.appraisal.rules.life import CARD, OUT, CardState
from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class FeedbackCard(Living):
    """社区表现反馈卡: what one person's records in one community say about a year or an event.

    `kinds` and `ways` are the codes ticked, `kind_options` and `way_options` all that were offered
    with their words (pairs), `facts` what the paper says of person and organisations. A draft is
    read from the records again and again; signing fixes all of it as of `as_of`. `occasion` is
    empty for the yearly card. Branch and unit are kept as they were.
    """

    placement = TablePlacement.REFERENCE
    life = CARD

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="feedback_card"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    year = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField()
    as_of = models.DateTimeField()
    state = CodeField(CardState, max_length=12, default=CardState.DRAFT)
    kinds = ArrayField(models.CharField(max_length=30), default=list)
    ways = ArrayField(models.CharField(max_length=12), default=list)
    kind_options = models.JSONField(default=list)
    way_options = models.JSONField(default=list)
    services = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    judgement = models.CharField(max_length=200, blank=True)
    judged_by = models.CharField(max_length=60, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    opinion_by = models.CharField(max_length=60, blank=True)
    opinion_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"),
                F("community"),
                F("year"),
                F("occasion"),
                condition=Q(state__in=CARD.live),
                name="feedback_card_one_live",
            ),
            models.UniqueConstraint(
                F("community"), F("number_year"), F("number"), name="feedback_card_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OUT)
                | (Q(number__isnull=False, signed_at__isnull=False) & ~Q(judgement="")),
                name="feedback_card_signed_whole",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="feedback_card_period"),
        ]
        indexes = [
            models.Index(fields=["community", "year", "state"], name="feedback_card_desk"),
            models.Index(fields=["branch", "year", "state"], name="feedback_card_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year} {self.state}"

    @property
    def number_text(self) -> str:
        """The number as it stands on the card: 〔2026〕001号; empty before the signature."""
        if self.number is None or self.number_year is None:
            return ""
        return number_text(self.number_year, self.number)


class Objection(models.Model):
    """The judged person's word against a signed card, answered by the community by a day."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    card = models.ForeignKey(FeedbackCard, on_delete=models.PROTECT, related_name="objections")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("card"), condition=Q(answered_at=None), name="objection_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.due_on}"

"""Rounds of opinions, who is asked, and what was answered."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.opinions.rules.rounds import NAME, NOTE, WORDS, OpinionAudience
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class OpinionRound(models.Model):
    """征求意见: a community or unit asks others once about some months, until a day."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    asker = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="opinion_round"
    )
    audience = CodeField(OpinionAudience)
    period_text = models.CharField(max_length=24)
    due_on = models.DateField()
    note = models.CharField(max_length=NOTE, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=60)
    reminded_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.asker_id} {self.audience} {self.period_text}"

    @property
    def period(self) -> Period:
        """The months about which it asks."""
        return read_period(self.period_text, AsOf(self.asked_at))

    @property
    def is_over(self) -> bool:
        """Whether it can be answered no more."""
        return self.ended_at is not None or clock.today() > self.due_on


class OpinionSheet(models.Model):
    """意见表: who is asked in a round, an organisation or a member. `token` opens it to whoever
    holds the link; `answered_at` says that it was answered, not how."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    round = models.ForeignKey(
        OpinionRound, on_delete=models.PROTECT, related_name="sheets", related_query_name="sheet"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+",
        related_query_name="opinion_sheet",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+",
        related_query_name="opinion_sheet",
    )  # fmt: skip
    token = models.CharField(max_length=22, unique=True, default=ids.new_token)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(person=None), name="opinion_sheet_of_one"
            ),
            models.UniqueConstraint(
                F("round"), F("organisation"), name="opinion_sheet_organisation_once"
            ),
            models.UniqueConstraint(F("round"), F("person"), name="opinion_sheet_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organisation_id or self.person_id}"


class OpinionAnswer(models.Model):
    """What was answered: a mark for each question, and words. Of a member who gives no name no
    `sheet` is kept, and only the day, so that nobody can find out whose it is. `replied_at` is when
    what became of it was said first; `settled` is the word on what was said last, `missing` what is
    still lacking where it is not."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(
        OpinionRound, on_delete=models.PROTECT, related_name="answers", related_query_name="answer"
    )
    sheet = models.OneToOneField(
        OpinionSheet, on_delete=models.PROTECT, null=True, related_name="answer",
        related_query_name="answer",
    )  # fmt: skip
    answered_on = models.DateField(default=clock.today)
    marks = models.JSONField()
    text = models.CharField(max_length=WORDS, blank=True)
    name = models.CharField(max_length=NAME, blank=True)
    reply = models.CharField(max_length=WORDS, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=60, blank=True)
    settled = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    missing = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sheet__isnull=False) | Q(name=""), name="opinion_answer_nameless"
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=False) | Q(settled=None),
                name="opinion_answer_settled_after_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.answered_on}"

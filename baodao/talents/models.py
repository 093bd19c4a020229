"""Residents with talents, as long as they agree to it; what they served, for good."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.talents.rules.talents import (
    NAME,
    PLACE,
    RESULT,
    SKILLS,
    TALENT,
    TIMES,
    WORDS,
    TalentEnding,
    TalentState,
)


class Talent(Living):
    """草根能人: a resident who helps with what they can do.

    They need no account: `code` is how they find their entry. `number` is the volunteer number
    under which their services stand. `consent` is the version of the words that they agreed to;
    once it is taken back, or the entry ends otherwise, who it was, how they are reached and what
    they can do are forgotten: the row stays, so that their services have one. `heard_at` is when
    they were last heard of.
    """

    placement = TablePlacement.REFERENCE
    life = TALENT

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    code = models.CharField(max_length=24, unique=True)
    number = models.CharField(max_length=12, unique=True)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="talent"
    )
    name = models.CharField(max_length=NAME, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("talent-phone", "phone_sealed")
    skills = models.CharField(max_length=SKILLS, blank=True)
    free_times = models.CharField(max_length=TIMES, blank=True)
    words = models.CharField(max_length=WORDS, blank=True)
    consent = models.CharField(max_length=12, blank=True)
    state = CodeField(TalentState, default=TalentState.OFFERED)
    ending = CodeField(TalentEnding, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.CharField(max_length=60, blank=True)
    listed_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TalentState.OVER)
                | Q(name="", phone_sealed=None, skills="", words="", consent="", free_times=""),
                name="talent_over_is_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(state=TalentState.OVER) | ~Q(consent=""), name="talent_consents"
            ),
            models.CheckConstraint(
                condition=~Q(state=TalentState.LISTED) | Q(listed_at__isnull=False),
                name="talent_listed_has_date",
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="talent_of_community")]

    def __str__(self) -> str:
        return self.name or self.number


class TalentService(Fact):
    """能人服务: what a resident did, or the reversal of it with negative minutes.

    No service record of the ledger: those are of members, with their branch, and every figure of
    members counts them (ADR 69). `category` is a kind of service in force in the community then.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="talent_service",
    )
    talent = models.ForeignKey(
        Talent, on_delete=models.PROTECT, related_name="+", related_query_name="service"
    )
    served_on = models.DateField()
    minutes = models.IntegerField()
    category = models.CharField(max_length=30)
    result = models.CharField(max_length=RESULT)
    place = models.CharField(max_length=PLACE, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=60)
    reverses = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("reverses"),
                condition=Q(reverses__isnull=False),
                name="talent_service_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, minutes__gt=0)
                | Q(reverses__isnull=False, minutes__lt=0),
                name="talent_service_sign",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "recorded_at"], name="talent_service_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.minutes}"

"""Adoptions of policies by organisations, and what came of them for each subject and period."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from baodao.adoptions.rules.adoptions import BASIS
from baodao.adoptions.rules.outcomes import ResultState
from baodao.adoptions.rules.periods import AdoptedTime
from baodao.adoptions.rules.strictness import Strictness
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.policies.models import PolicyDocument, PolicyVersion
from baodao.policies.queries.texts import rules_of
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import SubjectKind


class DaySpan(Func):
    """From a day to a last day, both included, as a range of the database; open without a last."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first: str, last: str) -> None:
        super().__init__(F(first), F(last), Value("[]"))


class Adoption(models.Model):
    """采用办法: an organisation applies a version of a policy to all below it, from the first day
    of a period until the last day of another, or until it is ended.

    What is recorded late still counts for `settle_days` after a period. `strictness` says how it
    compares with the policy `beside` it from above, where there is one. While one of its `switches`
    is off, it is at rest. `replaced_by` is the adoption that ended it when another version took its
    place, `own_until_on` the last day that it had before. `evaluated_at` is the instant up to
    which everything recorded was looked at, `settled_at` that for the periods that are settled.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="adoption"
    )
    policy = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, related_name="+", related_query_name="adoption"
    )
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="+", related_query_name="adoption"
    )
    subject = CodeField(SubjectKind)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    own_until_on = models.DateField(null=True)
    may_be_stricter = models.BooleanField(default=False)
    settle_days = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=BASIS, blank=True)
    beside = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    strictness = CodeField(Strictness, blank=True)
    switches = ArrayField(models.CharField(max_length=60), default=list)
    adopted_by = models.CharField(max_length=60)
    adopted_at = models.DateTimeField(default=clock.now)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", related_query_name="replaced"
    )
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    evaluated_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="adoption_days"
            ),
            ExclusionConstraint(
                name="adoption_one_version",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("policy", RangeOperators.EQUAL),
                    (DaySpan("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.version_id} {self.from_on}"

    @property
    def rules(self) -> RuleSet:
        """What the version says."""
        return rules_of(self.version)

    @property
    def time(self) -> AdoptedTime:
        """From when until when it holds."""
        return AdoptedTime(self.from_on, self.until_on, self.settle_days)

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        return self.withdrawn_at is None and self.time.holds(clock.today())


class PolicyWord(models.Model):
    """What a version of a policy says of one subject and period: a proposal, never a decision.

    It is as of the end of `day`: what was recorded by then was counted. A row stands from the
    instant `since` at which it was said until another says something else, and is never changed but
    for `until`. `counted` and `left_out` are ids of what was done, the latter with why. `reason`
    and `lines` are sentences as facts (`rules/words.py`); `digest` is that of all that it says.
    `entered_on` is the day of the period on which a roster that tells no day brought the member.
    """

    day = models.DateField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    state = CodeField(ResultState)
    extended = models.BooleanField(default=False)
    grade = models.CharField(max_length=40, blank=True)
    star = models.CharField(max_length=40, blank=True)
    value = models.JSONField(null=True)
    reason = models.JSONField(default=str)
    lines = models.JSONField(default=list)
    consequences = ArrayField(models.CharField(max_length=200), default=list)
    ballots = ArrayField(models.CharField(max_length=200), default=list)
    counted = ArrayField(models.CharField(max_length=80), default=list)
    left_out = models.JSONField(default=list)
    remind_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    entered_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True


class PolicyResult(PolicyWord):
    """What an adopted policy says of one subject and period. Of a member `place` is the branch to
    which they belonged then; of an organisation it is the organisation."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="policy_result",
    )
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="policy_result"
    )
    period_from = models.DateField()
    period_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("adoption"),
                F("person"),
                F("period_from"),
                condition=Q(until=None, person__isnull=False),
                name="policy_result_one",
            ),
            models.UniqueConstraint(
                F("adoption"),
                F("place"),
                F("period_from"),
                condition=Q(until=None, person=None),
                name="policy_result_one_of_place",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="policy_result_until_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "period_from"],
                name="policy_result_now",
                condition=Q(until=None),
                include=["adoption", "state", "person"],
            ),
            models.Index(
                fields=["remind_on"],
                name="policy_result_remind",
                condition=Q(until=None, remind_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id} {self.person_id or self.place_id} {self.state}"

    @property
    def goes_on(self) -> bool:
        """Whether its period is not over: then a grade is only the one so far."""
        return self.period_until is None or clock.today() <= self.period_until

    @property
    def called(self) -> str:
        """What the policy calls it to stand so, "" where it has no word of its own."""
        outcome = self.adoption.rules.outcome
        if self.state == ResultState.MISSED:
            return outcome.failed
        return outcome.passed if self.state == ResultState.MET else ""

    @property
    def version(self) -> Any:
        """The version of the policy by which it was said."""
        return self.adoption.version


class LaterResult(PolicyWord):
    """What would be said now of a period that is settled, because something of it was recorded,
    reversed or corrected since. `result` stays as it was said; this one stands beside it until the
    records say something else again, or the same as it. `is_otherwise` is whether something else
    could follow of it: else only the records differ on which both rest."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    result = models.ForeignKey(
        PolicyResult, on_delete=models.PROTECT, related_name="later", related_query_name="later"
    )
    is_otherwise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("result"), condition=Q(until=None), name="later_result_one"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="later_result_until_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.state}"


class AdoptionReminder(models.Model):
    """A member was reminded, once, that a window of an adopted policy ends on a day."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="+", related_query_name="reminder"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    ends_on = models.DateField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("adoption"), F("person"), F("ends_on"), name="adoption_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.ends_on}"

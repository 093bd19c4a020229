"""Letters, registrations of members and of units, exemptions."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.registration.rules.exemptions import Effect, ExemptionState
from baodao.registration.rules.states import LIVE, EndReason, State, UnitState


class Letter(models.Model):
    """介绍信: a numbered paper of a unit that introduces one member to one community.

    Numbers run without gaps per unit and year. `token` stands in the QR code; `tries` counts the
    wrong answers of `tried_on` to the question who its holder is.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="letter"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="letter"
    )
    community = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=60)
    tried_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("unit"), F("year"), F("number"), name="letter_number_once")
        ]

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.number:03d}"


class Registration(models.Model):
    """One member's way into one community, from the letter to its end.

    Branch, unit and community are kept as they were. Figures as of a day count by `accepted_at`
    and `ended_at`, the instants at which it was recorded; `ended_on` is the date it tells. What
    it was before and when stands in its `stages`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="registration")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="registration"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="hosted"
    )
    state = models.CharField(max_length=12, choices=[(s, s.value) for s in State])
    as_group = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    receipt_year = models.PositiveSmallIntegerField(null=True)
    receipt_number = models.PositiveIntegerField(null=True)
    returned_reason = models.CharField(max_length=200, blank=True)
    grid = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(
        max_length=12, blank=True, choices=[(r, r.value) for r in EndReason]
    )
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="moved_to"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"), condition=Q(state__in=LIVE), name="registration_one_live"
            ),
            models.UniqueConstraint(
                F("community"),
                F("receipt_year"),
                F("receipt_number"),
                name="registration_receipt_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ACCEPTED, State.ENDED])
                | Q(accepted_at__isnull=False, receipt_number__isnull=False),
                name="registration_accepted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ENDED) | Q(ended_on__isnull=False, ended_at__isnull=False),
                name="registration_ended_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "submitted_at"], name="registration_desk"),
            models.Index(fields=["branch", "state"], name="registration_branch"),
            models.Index(fields=["person", "accepted_at"], name="registration_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class Stage(models.Model):
    """A period of a registration in one state, by the instants at which it was recorded.

    As of T a registration is in the stage with `since` < T and (`until` empty or `until` >= T).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="stages")
    state = models.CharField(max_length=12, choices=[(s, s.value) for s in State])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("registration"), condition=Q(until=None), name="stage_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="stage_until_after"
            ),
        ]
        indexes = [models.Index(fields=["state", "since"], name="stage_state")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.state}"


class UnitRegistration(models.Model):
    """驻区单位党组织报到联系单: a unit's own registration with its partner community."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="unit_registration",
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="hosted_unit"
    )
    state = models.CharField(max_length=12, choices=[(s, s.value) for s in UnitState])
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    secretary = models.CharField(max_length=60)
    secretary_phone = models.CharField(max_length=40, blank=True)
    contact_name = models.CharField(max_length=60)
    contact_phone = models.CharField(max_length=40)
    resources = models.CharField(max_length=500, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    submitted_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    returned_reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("unit"),
                condition=Q(
                    state__in=[UnitState.SUBMITTED, UnitState.RETURNED, UnitState.ACCEPTED]
                ),
                name="unit_registration_one_live",
            ),
            models.UniqueConstraint(
                F("unit"), F("year"), F("number"), name="unit_registration_number_once"
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="unit_registration_desk")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"


class Exemption(models.Model):
    """A member need not report, or not yet: reason, evidence, period and who approved it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="exemption"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    reason = models.CharField(max_length=30)
    evidence = models.CharField(max_length=300)
    effect = models.CharField(max_length=12, choices=[(e, e.value) for e in Effect])
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=[(s, s.value) for s in ExemptionState])
    requested_by = models.CharField(max_length=60)
    requested_account = models.UUIDField(null=True)
    requested_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="exemption_dates"
            ),
            models.UniqueConstraint(
                F("person"),
                condition=Q(state__in=[ExemptionState.REQUESTED, ExemptionState.APPROVED]),
                name="exemption_one_live",
            ),
        ]
        indexes = [models.Index(fields=["branch", "state"], name="exemption_branch")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.reason}"

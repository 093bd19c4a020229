"""Letters and registrations of members."""

from copy import copy
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living, Stage
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.rules.departures import Ending
from baodao.registration.rules.states import REGISTRATION, EndReason, State


class Letter(models.Model):
    """介绍信: a numbered paper of a unit that introduces one member to one community.

    Numbers run without gaps per unit and year. `token` stands in the QR code; `tries` counts the
    wrong answers of `tried_on` to the question who its holder is.
    """

    placement = TablePlacement.REFERENCE
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
        return self.number_text

    @property
    def number_text(self) -> str:
        """The number as it stands on the letter."""
        return number_text(self.year, self.number)


class Registration(Living):
    """One member's way into one community, from the letter to its end.

    Branch, unit and community are kept as they were. Figures as of a day count by `accepted_at`
    and `ended_at`, the instants at which it was recorded; `ended_on` is the date it tells. What
    it was before and when stands in its `stages`. `invited_by` is the authority by whose proposal
    of balanced placement the member came here.
    """

    placement = TablePlacement.REFERENCE
    life = REGISTRATION

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
    state = CodeField(State, max_length=12)
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
    ended_reason = CodeField(EndReason, max_length=12, blank=True)
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="moved_to"
    )

    invited_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"), condition=Q(state__in=REGISTRATION.live), name="registration_one_live"
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

    @property
    def seen_until(self) -> datetime | None:
        """Of a row that its reader may know only as it was: the instant until which they may."""
        until: datetime | None = vars(self).get("until")
        return until

    @property
    def is_whole(self) -> bool:
        """Whether nothing happened to it since, and nothing can, that its reader may not know."""
        over = self.state not in REGISTRATION.live and self.state == vars(self).get("state_then")
        return self.seen_until is None or over

    @property
    def ending_words(self) -> str:
        """Of a row of who is no member of its reader's any more: what became of them, as a message
        id; "" of any other."""
        ending: str = vars(self).get("member_ending") or ""
        return Ending(ending).words if ending else ""

    @property
    def outline(self) -> "Registration":
        """The row as its reader may know it: itself, or a copy that says nothing later than
        `seen_until` and is never saved."""
        if self.is_whole or self.seen_until is None:
            return self
        then = copy(self)
        then.state = State(vars(self)["state_then"] or State.ISSUED)
        then.community_id = vars(self)["community_then"] or self.community_id
        then.returned_reason = then.ended_reason = then.accepted_by = ""
        then.grid = then.team = then.ended_at = then.ended_on = None
        if self.submitted_at and self.submitted_at > self.seen_until:
            then.submitted_at = None
        if self.accepted_at and self.accepted_at > self.seen_until:
            then.accepted_at = then.receipt_year = then.receipt_number = None
        return then

    @property
    def receipt_text(self) -> str:
        """The number as it stands on the receipt; empty before acceptance."""
        if self.receipt_year is None or self.receipt_number is None:
            return ""
        return number_text(self.receipt_year, self.receipt_number)


class RegistrationStage(Stage):
    """A period of a registration in one state, with the community that it was addressed to and
    the service team in which the member was: this is their membership in the team."""

    placement = TablePlacement.REFERENCE
    carried = ("community_id", "team_id")

    subject = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="stages")
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="+",
        db_index=False,
    )
    team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )

    class Meta(Stage.Meta):
        indexes = [
            models.Index(fields=["community", "until"], name="registration_stage_place"),
            models.Index(fields=["since"], name="registration_stage_since"),
            models.Index(
                fields=["until"],
                name="registration_stage_until",
                condition=Q(until__isnull=False),
            ),
        ]

"""Proposals of balanced allocation, and their rows, each adopted and answered by itself."""

from django.db import models
from django.db.models import F, Q

from baodao.allocation.rules.choices import OF_UNITS, AllocationChoices
from baodao.allocation.rules.life import ALLOCATION, LINE, AllocationState, LineState
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Allocation(Living):
    """均衡调配方案: who could help where, so that weak places are helped first.

    `choices` are what the authority decided, `as_of` the instant of what was read, `sites` what
    each community had then and would have, `measures` what it comes to today, by who comes first
    and as proposed, with the bound. `reason` says why it was withdrawn, `refusal` why it could not
    be calculated.
    """

    placement = TablePlacement.REFERENCE
    life = ALLOCATION

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="allocation"
    )
    state = CodeField(AllocationState, default=AllocationState.CALCULATING)
    choices = models.JSONField()
    account_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    as_of = models.DateTimeField(null=True)
    sites = models.JSONField(default=list)
    measures = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AllocationState.READY) | Q(as_of__isnull=False),
                name="allocation_ready_has_instant",
            ),
        ]
        indexes = [models.Index(fields=["authority", "created_at"], name="allocation_authority")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.state}"

    @property
    def decided(self) -> AllocationChoices:
        """What was chosen before it was calculated."""
        return AllocationChoices.unpacked(self.choices)

    @property
    def of_units(self) -> bool:
        """Whether each row is a unit."""
        return self.decided.aim in OF_UNITS

    @property
    def minimum(self) -> int:
        """How many helpers every community should have."""
        return self.decided.minimum


class AllocationLine(Living):
    """A row of a proposal: a unit, or a member of it, and the community where they could serve.

    `former` is where they were when it was calculated, None where nowhere. `reasons` are codes with
    their facts. `settled_at` is when the ordinary act followed the yes: the contact form, the
    letter or the transfer.
    """

    placement = TablePlacement.REFERENCE
    life = LINE

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="allocation_line",
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    former = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    way = models.PositiveSmallIntegerField()
    wish_kept = models.BooleanField(null=True)
    reasons = models.JSONField(default=list)
    state = CodeField(LineState, default=LineState.PROPOSED)
    invited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                *(F("allocation"), F("unit"), F("person")),
                nulls_distinct=False,
                name="allocation_line_once",
            ),
            models.UniqueConstraint(
                F("person"),
                condition=Q(state=LineState.INVITED, person__isnull=False),
                name="allocation_line_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.PROPOSED) | Q(invited_at__isnull=False),
                name="allocation_line_invited",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="allocation_line_unit"),
            models.Index(fields=["person", "state"], name="allocation_line_person"),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id} {self.state}"

    @property
    def name(self) -> str:
        """Who it is about."""
        return self.person.name if self.person else self.unit.name

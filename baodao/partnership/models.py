"""Units' own registrations."""

from django.db import models
from django.db.models import F, Q

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.partnership.rules.states import UNIT_REGISTRATION, UnitState


class UnitRegistration(Living):
    """驻区单位党组织报到联系单: a unit's own registration with its partner community. `invited_by`
    is the authority by whose proposal of balanced placement the unit came here."""

    placement = TablePlacement.REFERENCE
    life = UNIT_REGISTRATION

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
    state = CodeField(UnitState, max_length=12)
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
    invited_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("unit"),
                condition=Q(state__in=UNIT_REGISTRATION.live),
                name="unit_registration_one_live",
            ),
            models.UniqueConstraint(
                F("unit"), F("year"), F("number"), name="unit_registration_number_once"
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="unit_registration_desk")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"

    @property
    def number_text(self) -> str:
        """The number as it stands on the contact form."""
        return number_text(self.year, self.number)

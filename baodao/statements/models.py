"""What waits to become a record, what is objected to, and record sheets."""

from django.db import models
from django.db.models import F, Q

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.models import Reversal
from baodao.ledger.rules.records import Way
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.statements.rules.disputes import DISPUTE, DisputeState
from baodao.statements.rules.statements import STATEMENT, StatementState


class Statement(Living):
    """本人填报: what a member says they did; the community's word makes a record of it.

    `community` is who stood on the day for `offer_community`, which offered it, or for where the
    member was received; on another day it may be another.
    """

    placement = TablePlacement.REFERENCE
    life = STATEMENT

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="statement"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="statement"
    )
    served_on = models.DateField()
    began_at = models.DateTimeField(null=True)
    minutes = models.IntegerField()
    category = models.CharField(max_length=30)
    way = CodeField(Way, max_length=12)
    place = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=200, blank=True)
    offer_id = models.UUIDField(null=True)
    offer_title = models.CharField(max_length=200, blank=True)
    offer_community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    state = CodeField(StatementState, max_length=12, default=StatementState.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    stated_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=StatementState.CONFIRMED, record_id__isnull=False)
                | (~Q(state=StatementState.CONFIRMED) & Q(record_id=None)),
                name="statement_confirmed_is_recorded",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="statement_minutes"),
            models.CheckConstraint(
                condition=Q(offer_id=None, offer_community=None)
                | Q(offer_id__isnull=False, offer_community__isnull=False),
                name="statement_of_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "stated_at"], name="statement_desk"),
            models.Index(fields=["person", "served_on"], name="statement_person"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.minutes} {self.state}"


class Dispute(Living):
    """A person objects to a record of theirs; the community answers by `due_on`."""

    placement = TablePlacement.REFERENCE
    life = DISPUTE

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="dispute"
    )
    record_id = models.UUIDField()
    reversal = Reversal("record_id")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="dispute"
    )
    text = models.CharField(max_length=500)
    raised_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    state = CodeField(DisputeState, max_length=12, default=DisputeState.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("community"),
                F("record_id"),
                condition=Q(state__in=DISPUTE.live),
                name="dispute_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DISPUTE.live, answered_at=None)
                | (~Q(state__in=DISPUTE.live) & Q(answered_at__isnull=False)),
                name="dispute_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "due_on"], name="dispute_desk"),
            models.Index(fields=["person"], name="dispute_person"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.state}"


class RecordCode(models.Model):
    """The key behind the code on a person's record sheets; renewed, the old one opens nothing."""

    placement = TablePlacement.REFERENCE
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    token = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person_id}"


class RecordSheet(models.Model):
    """服务记录单: a numbered sheet of one person's records in one community, as of its instant.

    `certificate`: it was named 志愿服务记录证明, which only a site may do that is itself an
    organisation that records voluntary service (民政部令第67号).
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="record_sheet"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="record_sheet"
    )
    year = models.IntegerField()
    number = models.IntegerField()
    since = models.DateField()
    until = models.DateField()
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=60)
    certificate = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("community"), F("year"), F("number"), name="record_sheet_number_once"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="record_sheet_period"),
        ]
        indexes = [models.Index(fields=["person", "issued_at"], name="record_sheet_person")]

    def __str__(self) -> str:
        return self.number_text

    @property
    def number_text(self) -> str:
        """The number as it stands on the sheet."""
        return number_text(self.year, self.number)

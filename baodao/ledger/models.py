"""Service records as facts in a chain, the heads of the chains, and what waits to become one."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.ledger.rules import Origin, Outcome, StatementState
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Span(Func):
    """From one instant to before another, as a range of the database."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class ServiceRecord(Fact):
    """服务纪实: one service of one person in one community, or the reversal of one.

    `seq` and `hash` are its place in the community's chain. A reversal has the negative `minutes`
    of the record it names in `reverses`, so that sums are right as of any instant; `supersedes`
    names the reversed record whose time this one takes. Paths are kept as they were. `served_on` is
    the civil day, `began_at` and `ended_at` are empty when nobody knows the hour. Indexes hold what
    figures and lists ask beside their keys, so that few records are read to count many.
    """

    pk = models.CompositePrimaryKey("community_id", "id")
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="service_record",
    )
    id = models.UUIDField(default=ids.new_id)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(default=clock.now)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="service_record",
    )
    branch_path = models.CharField(max_length=255, db_collation="C")
    community_path = models.CharField(max_length=255, db_collation="C")
    served_on = models.DateField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.IntegerField()
    category = models.CharField(max_length=30)
    way = models.CharField(max_length=12)
    place = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=200, blank=True)
    offer_id = models.UUIDField(null=True)
    offer_title = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=12, choices=[(o, o.value) for o in Origin])
    recipient_confirmed = models.BooleanField(default=False)
    confirmed_by = models.CharField(max_length=60)
    recorded_by = models.CharField(max_length=60)
    account_id = models.UUIDField(null=True)
    reverses = models.UUIDField(null=True)
    supersedes = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("community"), F("seq"), name="service_record_seq_once"),
            models.UniqueConstraint(
                F("community"), F("reverses"), name="service_record_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, minutes__gt=0)
                | Q(reverses__isnull=False, minutes__lt=0),
                name="service_record_sign",
            ),
            models.CheckConstraint(
                condition=Q(began_at=None, ended_at=None) | Q(ended_at__gt=F("began_at")),
                name="service_record_hours",
            ),
            ExclusionConstraint(
                name="service_record_no_overlap",
                expressions=[
                    ("community", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Span("began_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(began_at__isnull=False, reverses=None, supersedes=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "served_on"],
                name="service_record_person",
                include=["recorded_at", "minutes"],
            ),
            models.Index(
                fields=["community", "served_on", "id"],
                name="service_record_day",
                include=["recorded_at", "seq", "minutes", "branch_path"],
            ),
            models.Index(
                fields=["branch_path", "served_on", "id"],
                name="service_record_branch",
                include=["community", "recorded_at", "seq", "minutes"],
            ),
            models.Index(
                fields=["community", "offer_id"],
                name="service_record_offer",
                condition=Q(offer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.minutes}"


class ChainHead(models.Model):
    """The last link of a community's chain; locked by whoever appends."""

    community = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))

    def __str__(self) -> str:
        return f"{self.community_id} {self.seq}"


class Statement(models.Model):
    """本人填报: what a member says they did; the community's word makes a record of it."""

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
    way = models.CharField(max_length=12)
    place = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=200, blank=True)
    offer_id = models.UUIDField(null=True)
    offer_title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=[(s, s.value) for s in StatementState])
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
        ]
        indexes = [
            models.Index(fields=["community", "state", "stated_at"], name="statement_desk"),
            models.Index(fields=["person", "served_on"], name="statement_person"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.minutes} {self.state}"


class Dispute(models.Model):
    """A person objects to a record of theirs; the community answers by `due_on`."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="dispute"
    )
    record_id = models.UUIDField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="dispute"
    )
    text = models.CharField(max_length=500)
    raised_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o, o.value) for o in Outcome])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("community"), F("record_id"), condition=Q(outcome=""), name="dispute_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None)
                | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="dispute_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "outcome", "due_on"], name="dispute_desk"),
            models.Index(fields=["person"], name="dispute_person"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.outcome}"


class RecordImport(models.Model):
    """A spreadsheet of services on its way in; its bytes are sealed and soon forgotten."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="record_import"
    )
    file_name = models.CharField(max_length=200)
    file_sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    applied_at = models.DateTimeField(null=True)
    recorded = models.IntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["community", "created_at"], name="record_import_community")]

    def __str__(self) -> str:
        return self.file_name


class Seal(Fact):
    """The head of a community's chain at an instant, signed; also kept in a file outside."""

    pk = models.CompositePrimaryKey("community_id", "id")
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="seal",
    )
    id = models.UUIDField(default=ids.new_id)
    day = models.DateField()
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    records = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("community"), F("seq"), name="seal_seq_once"),
        ]
        indexes = [models.Index(fields=["day"], name="seal_day")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.day} {self.seq}"


class RecordCode(models.Model):
    """The key behind the code on a person's record sheets; renewed, the old one opens nothing."""

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
        return f"{self.year} {self.number}"

"""Service records as facts in a chain, the heads of the chains, and their seals."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.ledger.rules.records import BY_HAND, Origin, Way
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Span(Func):
    """From one instant to before another, as a range of the database."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


if TYPE_CHECKING:
    _Relation = models.ForeignObject[Any, Any]
else:
    _Relation = models.ForeignObject


class Reversal(_Relation):
    """The record that reversed the one which a row names by its community and in `column`; none
    where that one stands.

    A join rather than a subquery of each row: a cluster answers it on the shards. Only one record
    reverses another: `service_record_reversed_once` says so where `reverses` is not empty, which
    Django does not take for a key.
    """

    def __init__(self, column: str = "id", **options: Any) -> None:
        self._column = column
        fixed = {
            "from_fields": ("community", column),
            "to_fields": ("community", "reverses"),
            "null": True,
            "related_name": "+",
        }
        super().__init__("ledger.ServiceRecord", models.DO_NOTHING, **(options | fixed))

    def deconstruct(self) -> Any:
        name, _path, _args, _options = super().deconstruct()
        return name, f"{__name__}.{type(self).__name__}", [self._column], {}

    def _check_unique_target(self) -> list[Any]:
        return []


class ServiceRecord(Fact):
    """服务纪实: one service of one person in one community, or the reversal of one.

    `seq` and `hash` are its place in the community's chain. A reversal has the negative `minutes`
    of the record it names in `reverses`, so that sums are right as of any instant; `supersedes`
    names the reversed record whose time this one takes. `branch` is that of the person on the day
    of the service, or their unit. `served_on` is the civil day, `began_at` and `ended_at` are empty
    when nobody knows the hour. Indexes hold what figures and lists ask beside their keys, so that
    few records are read to count many.
    """

    placement = TablePlacement.COMMUNITY
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
    branch = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        related_query_name="record_of_member",
    )
    served_on = models.DateField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.IntegerField()
    category = models.CharField(max_length=30)
    way = CodeField(Way, max_length=12)
    place = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=200, blank=True)
    offer_id = models.UUIDField(null=True)
    offer_title = models.CharField(max_length=200, blank=True)
    origin = CodeField(Origin, max_length=12)
    recipient_confirmed = models.BooleanField(default=False)
    confirmed_by = models.CharField(max_length=60)
    recorded_by = models.CharField(max_length=60)
    account_id = models.UUIDField(null=True)
    reverses = models.UUIDField(null=True)
    reversal = Reversal()
    supersedes = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("community"), F("seq"), name="service_record_seq_once"),
            models.UniqueConstraint(
                F("community"),
                F("reverses"),
                condition=Q(reverses__isnull=False),
                name="service_record_reversed_once",
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
                include=["recorded_at", "seq", "minutes", "branch", "person"],
            ),
            models.Index(
                fields=["branch", "served_on", "id"],
                name="service_record_branch",
                include=["community", "recorded_at", "seq", "minutes", "person"],
            ),
            models.Index(
                fields=["community", "offer_id"],
                name="service_record_offer",
                condition=Q(offer_id__isnull=False),
            ),
            models.Index(
                fields=["account_id", "recorded_at"],
                name="service_record_typed",
                condition=Q(origin__in=[Origin.OFFICE, Origin.IMPORT]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.minutes}"

    @property
    def by_hand(self) -> bool:
        """Whether somebody entered it who was not the organiser on the spot."""
        return self.origin in BY_HAND


class ChainHead(models.Model):
    """The last link of a community's chain; locked by whoever appends."""

    placement = TablePlacement.COMMUNITY
    community = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))

    def __str__(self) -> str:
        return f"{self.community_id} {self.seq}"


class Seal(Fact):
    """The head of a community's chain at an instant, signed; also kept in a file outside."""

    placement = TablePlacement.COMMUNITY
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


class PersonPlace(models.Model):
    """That a person has records in a community, standing or not: which shards of a cluster know of
    them. It says nothing that the records do not say."""

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("person_id", "community_id")
    person_id = models.UUIDField()
    community_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.community_id}"

"""Who offers in a community's alliance, what, at which hours, and what is booked of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from baodao.alliance.rules.alliance import (
    COST,
    NAME,
    REMARK,
    SPOT,
    TEXT,
    TITLE,
    MemberKind,
    ServiceCost,
    ServiceSpot,
    VisitorWord,
)
from baodao.bookings.models import HourBooking, booking_rules
from baodao.bookings.rules.bookings import PLACE, BookingState
from baodao.kernel import clock, ids
from baodao.kernel.hours import HOURS, WEEK
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class AllianceMember(models.Model):
    """联盟成员: a shop or a neighbour who offers, until they end it. `person` is who reads and
    answers appointments themselves, a member registered here; else the community does. Once it
    ended, how they were reached is forgotten, and of a neighbour the name."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="alliance_member",
    )
    kind = CodeField(MemberKind)
    name = models.CharField(max_length=NAME, blank=True)
    spot = models.CharField(max_length=SPOT, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("alliance-phone", "phone_sealed")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    consent = models.CharField(max_length=12, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    joined_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MemberKind.SHOP) | Q(ended_at__isnull=False) | ~Q(consent=""),
                name="alliance_neighbour_consents",
            ),
        ]
        indexes = [models.Index(fields=["community", "ended_at"], name="alliance_of_community")]

    def __str__(self) -> str:
        return self.name


class AllianceService(models.Model):
    """便民服务: what a member of the alliance offers, until it is discontinued. `weekly` are the
    hours of Monday to Sunday, each as `09:00-11:30、14:00-17:00`, empty where there are none,
    cut into appointments of `minutes`."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    member = models.ForeignKey(AllianceMember, on_delete=models.PROTECT, related_name="services")
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT, blank=True)
    spot = CodeField(ServiceSpot)
    cost = CodeField(ServiceCost)
    cost_words = models.CharField(max_length=COST, blank=True)
    minutes = models.PositiveSmallIntegerField()
    weekly = ArrayField(models.CharField(max_length=HOURS, blank=True), size=WEEK)
    published_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(cost=ServiceCost.LOW) | ~Q(cost_words=""),
                name="alliance_cost_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def at_home(self) -> bool:
        """Whether somebody comes to the resident."""
        return self.spot == ServiceSpot.HOME


class ServiceDay(models.Model):
    """A day whose hours differ from those of the week; empty ones close it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    service = models.ForeignKey(AllianceService, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    hours = models.CharField(max_length=HOURS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("service"), F("on"), name="alliance_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.hours}"


class Appointment(HourBooking):
    """预约: a service booked for an hour by a resident, and the visitor's word at its end."""

    placement = TablePlacement.REFERENCE
    phone = SealedText("phone", "phone_sealed")

    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="appointment"
    )
    service = models.ForeignKey(
        AllianceService, on_delete=models.PROTECT, related_name="appointments"
    )
    place = models.CharField(max_length=PLACE, blank=True)
    word = CodeField(VisitorWord, blank=True)
    remark = models.CharField(max_length=REMARK, blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = booking_rules("appointment", "service")
        indexes = [
            models.Index(fields=["community", "state", "starts_at"], name="appointment_ahead"),
        ]

    @property
    def title(self) -> str:
        return self.service.title

    @property
    def scope_id(self) -> int:
        return self.community_id

    @property
    def may_be_rated(self) -> bool:
        """Whether the visitor may say how it was."""
        return self.is_past and self.state != BookingState.CANCELLED and not self.word

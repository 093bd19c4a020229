"""Accounts of the time bank, the bookings between them, kin and orders."""

from django.db import models
from django.db.models import F, Q

from baodao.alliance.models import Appointment
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.talents.models import Talent
from baodao.timebank.rules.accounts import (
    POOL_NAME,
    AccountEnding,
    AccountKind,
    BookingKind,
    KinRelation,
)
from baodao.timebank.rules.orders import TIME_ORDER, WORDS, OrderWay, TimeOrderState


class TimeAccount(models.Model):
    """时间账户: hours of a member or a talent, a community's pool, or its counter account, from
    which earned hours come and to which spent ones go.

    `balance` are the minutes that it holds, kept with every booking and never below 0; of a counter
    account none is kept, since everybody would wait at it. `community` is where it is kept:
    that of a member follows their registration. `consent` is the version of the words agreed to.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = CodeField(AccountKind)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="time_account"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    talent = models.ForeignKey(
        Talent, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    name = models.CharField(max_length=POOL_NAME, blank=True)
    consent = models.CharField(max_length=12, blank=True)
    balance = models.IntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    ending = CodeField(AccountEnding, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="time_account_not_negative"),
            models.CheckConstraint(
                condition=Q(kind=AccountKind.PERSON, person__isnull=False, talent=None)
                | Q(kind=AccountKind.TALENT, person=None, talent__isnull=False)
                | Q(kind__in=[AccountKind.POOL, AccountKind.CLEARING], person=None, talent=None),
                name="time_account_owner",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(balance=0), name="time_account_closed_is_empty"
            ),
            models.UniqueConstraint(
                F("talent"), condition=Q(closed_at=None), name="time_account_talent_once"
            ),
            models.UniqueConstraint(
                F("community"),
                F("kind"),
                condition=Q(closed_at=None, kind__in=[AccountKind.POOL, AccountKind.CLEARING]),
                name="time_account_community_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="time_account_person"),
            models.Index(fields=["community", "kind"], name="time_account_community"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def number(self) -> str:
        """The volunteer number of who owns it."""
        owner = self.person or self.talent
        return owner.number if owner else ""


class TimeKin(models.Model):
    """亲属: for whom an owner spends hours, until they are named no more; the name is sealed, and
    forgotten then."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account = models.ForeignKey(TimeAccount, on_delete=models.PROTECT, related_name="kin")
    name_sealed = models.BinaryField(null=True)
    name = SealedText("time-kin", "name_sealed")
    relation = CodeField(KinRelation)
    consent = models.CharField(max_length=12, blank=True)
    named_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(name_sealed=None), name="time_kin_over_is_forgotten"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_relation_display())


class TimeOrder(Living):
    """用时订单: help that is paid in hours, booked off when it is ordered. `need` or `appointment`
    is what it pays, where it pays one: its end is then the order's."""

    placement = TablePlacement.REFERENCE
    life = TIME_ORDER

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account = models.ForeignKey(TimeAccount, on_delete=models.PROTECT, related_name="orders")
    kin = models.ForeignKey(TimeKin, on_delete=models.PROTECT, null=True, related_name="+")
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="time_order"
    )
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="+")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=WORDS)
    minutes = models.PositiveIntegerField()
    way = CodeField(OrderWay)
    state = CodeField(TimeOrderState, default=TimeOrderState.ORDERED)
    ordered_at = models.DateTimeField(default=clock.now)
    ordered_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("need"),
                condition=~Q(state=TimeOrderState.CANCELLED),
                name="time_order_need_once",
            ),
            models.UniqueConstraint(
                F("appointment"),
                condition=~Q(state=TimeOrderState.CANCELLED),
                name="time_order_appointment_once",
            ),
            models.CheckConstraint(
                condition=Q(state=TimeOrderState.ORDERED) | Q(ended_at__isnull=False),
                name="time_order_over_has_date",
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="time_order_here")]

    def __str__(self) -> str:
        return self.words


class TimeBooking(Fact):
    """记账: minutes that went from one account (`payer`) to another (`payee`): so every booking has
    both sides, and all accounts together come to 0.

    `of` is the instant that it is of: when a service was recorded or put right, else when it was
    booked. `source` is the record or the talent's service that earned, of `served_on` and `served`
    minutes, recorded in `source_community`; credited once, with fewer minutes where the month was
    full, with none at times.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = CodeField(BookingKind)
    payer = models.ForeignKey(TimeAccount, on_delete=models.PROTECT, related_name="paid")
    payee = models.ForeignKey(TimeAccount, on_delete=models.PROTECT, related_name="received")
    minutes = models.PositiveIntegerField()
    of = models.DateTimeField()
    booked_at = models.DateTimeField(default=clock.now)
    booked_by = models.CharField(max_length=60, blank=True)
    source = models.UUIDField(null=True)
    source_community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    served_on = models.DateField(null=True)
    served = models.PositiveIntegerField(null=True)
    order = models.ForeignKey(
        TimeOrder, on_delete=models.PROTECT, null=True, related_name="bookings"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="time_booking_two_sides"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0) | Q(kind=BookingKind.EARNED),
                name="time_booking_moves_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[BookingKind.EARNED, BookingKind.TAKEN_BACK])
                & Q(source__isnull=False, served_on__isnull=False, served__isnull=False)
                | ~Q(kind__in=[BookingKind.EARNED, BookingKind.TAKEN_BACK])
                & Q(source=None, served_on=None, served=None),
                name="time_booking_source",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[BookingKind.ORDERED, BookingKind.GIVEN_BACK])
                & Q(order__isnull=False)
                | ~Q(kind__in=[BookingKind.ORDERED, BookingKind.GIVEN_BACK]) & Q(order=None),
                name="time_booking_order",
            ),
            models.UniqueConstraint(
                F("source"), condition=Q(kind=BookingKind.EARNED), name="time_booking_earned_once"
            ),
            models.UniqueConstraint(
                F("order"),
                F("kind"),
                condition=Q(order__isnull=False),
                name="time_booking_order_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.minutes}"

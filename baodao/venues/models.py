"""Places where one is served, their rooms and windows, days that differ, and who booked a room."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from baodao.alliance.rules.appointments import NOTES, VISITOR, BookingWay
from baodao.kernel import clock, ids
from baodao.kernel.hours import HOURS, WEEK
from baodao.kernel.lives import MOST_WORDS
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.models import Span
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.venues.rules.bookings import ROOM_BOOKING, RoomBookingState
from baodao.venues.rules.venues import ADDRESS, NAME, PHONE, TEXT, TITLE, VenueKind


class Venue(models.Model):
    """阵地: a place of an authority, a community or a grid, until it is closed for good. `weekly`
    are the hours of Monday to Sunday, `token` the address of its public page, on its poster. The
    telephone is one that the place gives out."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="venue"
    )
    kind = CodeField(VenueKind)
    name = models.CharField(max_length=NAME)
    address = models.CharField(max_length=ADDRESS)
    phone = models.CharField(max_length=PHONE, blank=True)
    text = models.CharField(max_length=TEXT, blank=True)
    weekly = ArrayField(models.CharField(max_length=HOURS, blank=True), size=WEEK)
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "ended_at"], name="venue_of_place")]

    def __str__(self) -> str:
        return self.name


class VenueDay(models.Model):
    """A day whose hours differ from those of the week, and why; empty hours close it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    hours = models.CharField(max_length=HOURS, blank=True)
    reason = models.CharField(max_length=MOST_WORDS)

    class Meta:
        constraints = [models.UniqueConstraint(F("venue"), F("on"), name="venue_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.hours}"


class VenueRoom(models.Model):
    """活动室: a room of a place, booked for so many minutes at a time, until it is lent no more."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="rooms")
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT, blank=True)
    seats = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class VenueWindow(models.Model):
    """服务窗口: a window of a place, and what it does, until it does so no more."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="windows")
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class RoomBooking(Living):
    """阵地预约: a room for an hour, of a resident without account (`person` and `unit` empty), a
    member or a unit; `code` is how whoever booked finds it. `organisation` is whose the place was
    then. No two that live share an hour of a room, whoever books at once. The telephone is sealed,
    `consent` the version of the words under which it was left."""

    placement = TablePlacement.REFERENCE
    life = ROOM_BOOKING

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    code = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    room = models.ForeignKey(VenueRoom, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = CodeField(RoomBookingState, default=RoomBookingState.BOOKED)
    way = CodeField(BookingWay)
    visitor = models.CharField(max_length=VISITOR, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("phone", "phone_sealed")
    consent = models.CharField(max_length=12, blank=True)
    notes = models.CharField(max_length=NOTES, blank=True)
    booked_at = models.DateTimeField(default=clock.now)
    booked_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=MOST_WORDS, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="room_booking_one_an_hour",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=ROOM_BOOKING.live),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="room_booking_has_length"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ROOM_BOOKING.live) | Q(ended_at__isnull=False),
                name="room_booking_over_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "starts_at"], name="room_booking_ahead"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def why(self) -> str:
        """The reason in the reader's language: ours is kept as a message id, others' as typed."""
        return gettext(self.reason) if self.reason else ""

    @property
    def title(self) -> str:
        """The room with its place."""
        return f"{self.room.venue.name} {self.room.title}"

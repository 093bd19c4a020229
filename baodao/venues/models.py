"""Places where one is served, their rooms and windows, days that differ, and who booked a room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from baodao.bookings.models import HourBooking, booking_rules
from baodao.kernel import clock, ids
from baodao.kernel.hours import HOURS, WEEK
from baodao.kernel.lives import MOST_WORDS
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.people.models import Person
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


class RoomBooking(HourBooking):
    """阵地预约: a room for an hour, of a resident without account (`person` and `unit` empty), a
    member or a unit. `organisation` is whose the place was then."""

    placement = TablePlacement.REFERENCE
    phone = SealedText("phone", "phone_sealed")

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

    class Meta:
        constraints = booking_rules("room_booking", "room")
        indexes = [
            models.Index(fields=["organisation", "state", "starts_at"], name="room_booking_ahead"),
        ]

    @property
    def title(self) -> str:
        return f"{self.room.venue.name} {self.room.title}"

    @property
    def scope_id(self) -> int:
        return self.organisation_id
